import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { demonstrationData } from './demonstration.ts';
import { isInside } from './geometry.ts';
import { UnknownCode } from './questions.ts';
import { vietNam } from './viet-nam.ts';

const small = demonstrationData({ seed: 7 });
const whole = demonstrationData({
  seed: 1,
  facilities: 100_000,
  provinces: vietNam.areas.provinces.map((p) => p.code),
});
const outlineOf = new Map(vietNam.areas.provinces.map((p) => [p.code, p.geometry.coordinates]));
const codesOf = (items: readonly { code: string }[]) => new Set(items.map((i) => i.code));

describe('the demonstration data', () => {
  it('are two cities with 14 and 16 stations and 3,000 facilities unless told', () => {
    const stations = (province: string) => small.stations.filter((s) => s.province === province).length;
    expect([stations('01'), stations('79'), small.stations.length]).toEqual([14, 16, 30]);
    expect(small.facilities).toHaveLength(3_000);
  });

  it('are the same for the same seed and others for another', () => {
    expect(demonstrationData({ seed: 7 })).toEqual(small);
    expect(demonstrationData({ seed: 8 }).facilities).not.toEqual(small.facilities);
  });

  it('have exactly the number of facilities asked for, in any choice of provinces', () => {
    fc.assert(
      fc.property(
        fc.nat(200),
        fc.uniqueArray(fc.constantFrom(...outlineOf.keys()), { minLength: 1, maxLength: 5 }),
        (facilities, provinces) => {
          const data = demonstrationData({ seed: 3, facilities, provinces });
          expect(data.facilities).toHaveLength(facilities);
          expect(data.facilities.every((f) => provinces.includes(f.province))).toBe(true);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('refuse a province that does not exist and a broken count', () => {
    expect(() => demonstrationData({ seed: 1, provinces: ['99'] })).toThrow(UnknownCode);
    expect(() => demonstrationData({ seed: 1, facilities: 1.5 })).toThrow(RangeError);
  });
});

describe('100,000 facilities in 34 provinces', () => {
  it('have accounts of 4 to 8 hexadecimal digits, none twice, none with a leading zero', () => {
    const accounts = whole.facilities.flatMap((f) => f.transmitters.map((t) => t.account));
    expect(new Set(accounts).size).toBe(accounts.length);
    expect(accounts.filter((a) => !/^[1-9A-F]([0-9A-F]{3}|[0-9A-F]{5}|[0-9A-F]{7})$/.test(a))).toEqual([]);
  });

  it('stand inside their province, stations too', () => {
    const outside = [...whole.facilities, ...whole.stations].filter(
      (item) => !isInside(item.position, outlineOf.get(item.province) ?? []),
    );
    expect(outside.map((item) => item.code)).toEqual([]);
  });

  it('have unique codes, and telephones that no two facilities share and nobody has', () => {
    expect(codesOf(whole.facilities).size).toBe(whole.facilities.length);
    const telephones = whole.facilities.flatMap((f) => f.contacts.map((c) => c.telephone));
    expect(new Set(telephones).size).toBe(telephones.length);
    expect(telephones.filter((t) => !/^\+840\d{9}$/.test(t))).toEqual([]);
  });

  it('say that they are invented, wherever a person would be misled', () => {
    const names = [...whole.facilities, ...whole.stations].map((i) => i.name);
    const contacts = whole.facilities.flatMap((f) => f.contacts.map((c) => c.name));
    expect([...names, ...contacts].filter((name) => !name.includes('(giả lập)'))).toEqual([]);
    expect([...whole.facilities, ...whole.stations].every((i) => i.synthetic)).toBe(true);
  });

  it('have contacts, zones and keys of the right number and size', () => {
    const faults = whole.facilities.filter((f) => {
      const zones = f.transmitters.map((t) => t.zones);
      const keys = f.transmitters.flatMap((t) => t.keyHex ?? []);
      return !(
        f.contacts.length >= 3 &&
        zones.every(
          (z) => z.length >= 5 && z.length <= 20 && z.some((zone) => zone.kind === 'manual-call-point'),
        ) &&
        zones.every((z) => z.every((zone, i) => zone.number === i + 1)) &&
        keys.every((k) => /^[0-9A-F]+$/.test(k) && [32, 48, 64].includes(k.length))
      );
    });
    expect(faults).toEqual([]);
  });

  it('use only words that the pack holds, and stations that exist', () => {
    const used = (pick: (f: (typeof whole.facilities)[number]) => readonly string[]) =>
      new Set(whole.facilities.flatMap(pick));
    const { words, categories, resourceKinds } = vietNam;
    const unknown = (codes: Set<string>, known: Set<string>) => [...codes].filter((c) => !known.has(c));
    expect(
      unknown(
        used((f) => [f.category]),
        codesOf(categories),
      ),
    ).toEqual([]);
    expect(
      unknown(
        used((f) => f.hazards),
        codesOf(words.hazards),
      ),
    ).toEqual([]);
    expect(
      unknown(
        used((f) => [f.managingLevel]),
        codesOf(words.managingLevels),
      ),
    ).toEqual([]);
    expect(
      unknown(
        used((f) => f.water.map((w) => w.kind)),
        codesOf(words.waterSources),
      ),
    ).toEqual([]);
    expect(
      unknown(
        used((f) => f.transmitters.flatMap((t) => t.zones.map((z) => z.kind))),
        codesOf(words.zoneKinds),
      ),
    ).toEqual([]);
    expect(
      unknown(
        used((f) => [f.station]),
        codesOf(whole.stations),
      ),
    ).toEqual([]);
    const vehicles = new Set(whole.stations.flatMap((s) => s.vehicles.map((v) => v.kind)));
    expect(unknown(vehicles, codesOf(resourceKinds))).toEqual([]);
  });
});
