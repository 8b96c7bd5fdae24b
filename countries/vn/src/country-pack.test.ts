import { describe, expect, it } from 'vitest';
import { checkCountryPack } from './check-country-pack.ts';
import type { CountryPack } from './country-pack.ts';
import { JsonNode } from './json-node.ts';
import { readSources, readTimer } from './read-facts.ts';
import { vietNam } from './viet-nam.ts';

function packWith(change: Partial<CountryPack>): CountryPack {
  return { ...vietNam, ...change };
}

describe('the pack of Viet Nam', () => {
  it('is whole: references, sources, four languages, outlines', () => {
    expect(checkCountryPack(vietNam)).toEqual([]);
  });

  it('has one national desk and a desk for each of the 34 provinces and cities', () => {
    const desks = vietNam.organisations.filter((o) => o.level === 'province');
    expect(desks.map((o) => o.code)).toEqual(vietNam.areas.provinces.map((p) => `VN-PC07-${p.code}`));
    expect(desks.every((o) => o.parent === 'VN-C07')).toBe(true);
    expect(vietNam.organisations).toHaveLength(35);
  });

  it('calls no time official, because no Vietnamese limit is known', () => {
    expect(vietNam.timers.filter((t) => t.official)).toEqual([]);
  });

  it('sends not fewer than two engines anywhere, and names the circular as older', () => {
    for (const { category, resources } of vietNam.firstDispatch) {
      const engines = resources.find((r) => r.kind === 'engine')?.count ?? 0;
      expect(engines, category).toBeGreaterThanOrEqual(2);
    }
    expect(vietNam.firstDispatch.find((d) => d.category === '*')?.source.en).toContain('not confirmed');
  });

  it('knows 114, 112, 113 and 115', () => {
    expect(vietNam.emergencyNumbers.map((n) => n.number)).toEqual(['114', '112', '113', '115']);
  });

  it('reads each part once', () => {
    expect(vietNam.areas).toBe(vietNam.areas);
    expect(vietNam.timers).toBe(vietNam.timers);
  });
});

describe('the checker of a pack', () => {
  const [timer] = vietNam.timers;
  const [province] = vietNam.areas.provinces;
  if (!timer || !province) throw new Error('the pack is empty');
  const { geometry } = province;

  it.each<[string, Partial<CountryPack>, string]>([
    ['a missing timer', { timers: vietNam.timers.slice(1) }, 'timer "owner.answer" is missing'],
    [
      'a missing desk',
      { organisations: vietNam.organisations.slice(0, -1) },
      'desk of province "96" is missing',
    ],
    ['an unknown category', { categories: vietNam.categories.slice(1) }, 'category "school" is missing'],
    [
      'an empty translation',
      { timers: [{ ...timer, names: { ...timer.names, zh: '' } }, ...vietNam.timers.slice(1)] },
      'timers.0.names has no text in zh',
    ],
    [
      'a source without its title in a language',
      { sources: vietNam.sources.map((one) => ({ ...one, title: { ...one.title, ru: '' } })) },
      'sources.0.title has no text in ru',
    ],
    [
      'a fact that does not say why it is not official',
      { timers: [{ ...timer, note: '' }, ...vietNam.timers.slice(1)] },
      'timers.0 is not official and does not say why',
    ],
    [
      'a label outside its area',
      {
        areas: {
          ...vietNam.areas,
          provinces: [{ ...province, labelPoint: [0, 0] }, ...vietNam.areas.provinces.slice(1)],
        },
      },
      'the label of area 01 stands outside it',
    ],
    [
      'a ring wound backwards',
      {
        areas: {
          ...vietNam.areas,
          provinces: [
            {
              ...province,
              geometry: {
                ...geometry,
                coordinates: geometry.coordinates.map((p) => p.map((r) => [...r].reverse())),
              },
            },
            ...vietNam.areas.provinces.slice(1),
          ],
        },
      },
      'area 01: a ring is wound the wrong way',
    ],
  ])('reports %s', (_, change, fault) => {
    expect(checkCountryPack(packWith(change))).toContain(fault);
  });

  it('reports a ring that crosses itself', () => {
    const plain = {
      type: 'MultiPolygon' as const,
      coordinates: [
        [
          [
            [0, 0],
            [2, 0],
            [3, 3],
            [0, 2],
            [0, 0],
          ],
        ],
      ] as const,
    };
    const crossed = {
      ...plain,
      coordinates: [
        [
          [
            [0, 0],
            [4, 4],
            [4, 0],
            [0, 5],
            [0, 0],
          ],
        ],
      ] as const,
    };
    const faults = (shape: typeof plain | typeof crossed) =>
      checkCountryPack(
        packWith({ areas: { ...vietNam.areas, specialZones: [{ ...province, geometry: shape }] } }),
      );
    expect(faults(crossed)).toContain('area 01: a ring crosses itself');
    expect(faults(plain)).not.toContain('area 01: a ring crosses itself');
  });

  it('reports a placeholder that only one language has', () => {
    const [template] = vietNam.telephone.templates;
    if (!template) throw new Error('no template');
    const changed = { ...template, texts: { ...template.texts, en: 'A fire at {street}.' } };
    const faults = checkCountryPack(packWith({ telephone: { ...vietNam.telephone, templates: [changed] } }));
    expect(faults).toContain('"call.alarm" has other placeholders in another language');
  });
});

describe('reading a file', () => {
  const sources = readSources(
    new JsonNode('sources.json', '', {
      sources: [{ key: 'x', title: { vi: 'X', en: 'X', ru: 'X', zh: 'X' }, strength: 'press' }],
    }),
  );
  const good = {
    code: 'a.b',
    seconds: 5,
    use: 'clock',
    names: { vi: 'a', en: 'a', ru: 'a', zh: 'a' },
    official: false,
    source: 'x',
    note: 'n',
  };
  const read = (value: unknown) => readTimer(new JsonNode('timers.json', 'timers[3]', value), sources);

  it('takes a whole timer', () => {
    expect(read(good)).toMatchObject({
      code: 'a.b',
      seconds: 5,
      source: { vi: 'X', en: 'X', ru: 'X', zh: 'X' },
      sourceCode: 'x',
      strength: 'press',
      byCategory: {},
    });
  });

  it.each([
    ['a time of zero', { seconds: 0 }, 'timers.json: timers[3].seconds must be above zero'],
    ['a text for a time', { seconds: '5' }, 'timers.json: timers[3].seconds must be a number'],
    [
      'an unknown source',
      { source: 'y' },
      'timers.json: timers[3].source names a source that sources.json does not hold',
    ],
    [
      'an official fact of the press',
      { official: true },
      'timers.json: timers[3] is official, its source is press',
    ],
    [
      'no reason why it is not official',
      { note: null },
      'timers.json: timers[3] is not official and must say why in a note',
    ],
    [
      'a missing language',
      { names: { vi: 'a', en: 'a', ru: ' ' } },
      'timers.json: timers[3].names.ru must be a text',
    ],
  ])('refuses %s and names the place', (_, change, message) => {
    expect(() => read({ ...good, ...change })).toThrow(message);
  });
});
