import { signalEvent } from '@keng/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ReadMessage, readMeasurements, readMessage, signalKey } from './index.ts';

const read = (value: unknown): ReadMessage => readMessage(Buffer.from(JSON.stringify(value)));
const fire = { family: 'fire', class: 'alarm', zone: 3 };

describe('a signal message', () => {
  it('is read with its events in the words of all protocols', () => {
    expect(read({ signals: [{ id: 'a-1', at: '2026-11-22T10:00:00+07:00', events: [fire] }] })).toEqual({
      problems: [],
      signals: [
        {
          id: 'a-1',
          at: '2026-11-22T03:00:00.000Z',
          events: [
            { family: 'fire', class: 'alarm', zone: '3', area: null, code: '', text: null, repeat: false },
          ],
          quirks: [],
        },
      ],
    });
  });

  it('may hold members that we do not know yet', () => {
    expect(
      read({ signals: [{ id: '1', events: [{ ...fire, brightness: 3 }] }], version: 2 }).problems,
    ).toEqual([]);
  });

  it.each<[string, unknown, string, string]>([
    ['without an id', { signals: [{ events: [fire] }] }, 'fire', 'alarm'],
    [
      'with a family that nobody knows',
      { signals: [{ id: '1', events: [{ ...fire, family: 'lava' }] }] },
      'other',
      'alarm',
    ],
    [
      'with a zone that is too long',
      { signals: [{ id: '1', events: [{ ...fire, zone: 'z'.repeat(99) }] }] },
      'fire',
      'alarm',
    ],
    ['that is one signal and no list', { id: '1', events: [fire] }, 'fire', 'alarm'],
    ['without any events', { signals: [{ id: '1', events: [] }] }, 'other', 'other'],
    [
      'with 17 signals',
      { signals: Array.from({ length: 17 }, (_, at) => ({ id: `${at}`, events: [fire] })) },
      'fire',
      'alarm',
    ],
  ])('%s is salvaged, and what is wrong is said', (_what, value, family, kind) => {
    const { signals, problems } = read(value);
    expect(problems.length).toBeGreaterThan(0);
    expect(signals[0]?.events[0]).toMatchObject({ family, class: kind });
  });

  it('puts the alarm first where not all fits', () => {
    const test = { family: 'system', class: 'test' };
    const events = [...Array.from({ length: 70 }, () => test)];
    const { signals } = read({
      signals: [{ events: events.slice(0, 60) }, { events: [...events.slice(0, 10), fire] }],
    });
    expect(signals[0]?.events).toHaveLength(64);
    expect(signals[0]?.events[0]).toMatchObject({ class: 'alarm' });
  });

  it('whatever the bytes are, there is one signal at least, and each event is as the log wants it', () => {
    const good = Buffer.from(JSON.stringify({ signals: [{ id: 'a', at: null, events: [fire, fire] }] }));
    const mutated = fc
      .array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
      .map((changes) => {
        const bytes = Buffer.from(good);
        for (const [at, byte] of changes) bytes[at] = byte;
        return bytes as Uint8Array;
      });
    const json = fc.json().map((text) => Buffer.from(text) as Uint8Array);
    const wrapped = fc
      .array(
        fc.record(
          {
            id: fc.anything(),
            events: fc.array(
              fc.dictionary(fc.constantFrom('family', 'class', 'zone', 'text'), fc.anything()),
            ),
          },
          { requiredKeys: [] },
        ),
      )
      .map(
        (signals) =>
          Buffer.from(
            JSON.stringify({ signals }, (_, value) => (typeof value === 'bigint' ? 1 : value)),
          ) as Uint8Array,
      );
    fc.assert(
      fc.property(fc.oneof(mutated, json, wrapped, fc.uint8Array({ maxLength: 200 })), (bytes) => {
        const { signals } = readMessage(bytes);
        expect(signals.length).toBeGreaterThan(0);
        for (const { events } of signals) {
          expect(events.length).toBeGreaterThan(0);
          for (const event of events) expect(signalEvent.safeParse(event).success).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the key of a signal', () => {
  const body = Buffer.from('{}');
  const keyOf = (signal: object, account = 'D001'): string => {
    const [first] = read({ signals: [{ id: '7', events: [fire], ...signal }] }).signals;
    if (!first) throw new Error('a message has a signal');
    return Buffer.from(signalKey('device-api', account, first, body).key).toString('hex');
  };

  it('is the same in a retry', () => expect(keyOf({})).toBe(keyOf({})));

  it('differs by device, id, time and what is said: a counter that starts again swallows no fire', () => {
    const test = { family: 'system', class: 'test' };
    const keys = [
      keyOf({}),
      keyOf({}, 'D002'),
      keyOf({ id: '8' }),
      keyOf({ at: '2026-11-22T10:00:00Z' }),
      keyOf({ events: [test] }),
      keyOf({ events: [fire, fire] }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('measurements', () => {
  const level = { kind: 'level', part: 3, unit: 'm', value: 1.25, at: '2026-11-22T10:00:00+07:00' };
  const bytes = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

  it('are read with their time in UTC; the part is a text', () => {
    expect(readMeasurements(bytes({ measurements: [level] }))).toEqual({
      measurements: [{ kind: 'level', part: '3', unit: 'm', value: 1.25, at: '2026-11-22T03:00:00.000Z' }],
      problems: [],
    });
  });

  it('whatever the bytes are, there are values or problems, and never half of a message', () => {
    const good = bytes({ measurements: [level, level] });
    const mutated = fc
      .array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 6 })
      .map((changes) => {
        const changed = Buffer.from(good);
        for (const [at, byte] of changes) changed[at] = byte;
        return changed as Uint8Array;
      });
    fc.assert(
      fc.property(fc.oneof(mutated, fc.uint8Array({ maxLength: 100 })), (body) => {
        const { measurements, problems } = readMeasurements(body);
        expect(measurements.length > 0).toBe(problems.length === 0);
        for (const { kind, part, unit, value } of measurements) {
          expect([kind.length <= 32, part.length <= 32, unit.length <= 16]).toEqual([true, true, true]);
          expect(Number.isFinite(value)).toBe(true);
        }
      }),
    );
  });
});
