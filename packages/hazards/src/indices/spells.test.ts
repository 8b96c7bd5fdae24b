import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DailyValue, type SpellRule, spells } from './spells.ts';

const heat: SpellRule = { comparison: 'above', threshold: 35, minimumDays: 3, missingDay: 'breaks' };

function list(values: readonly (number | null)[]): readonly DailyValue[] {
  return values.map((value, index) => ({ date: `2026-06-${String(index + 1).padStart(2, '0')}`, value }));
}

function found(values: readonly (number | null)[], rule: SpellRule) {
  const outcome = spells(list(values), rule);
  if (outcome.kind !== 'result') throw new Error(JSON.stringify(outcome));
  return outcome.value.map(({ from, days }) => `${from.slice(8)}x${days}`);
}

describe('heat', () => {
  it('counts days above 35, exactly 35 is not above', () => {
    expect(found([36, 36, 36, 35, 36, 36, 36, 36], heat)).toEqual(['01x3', '05x4']);
    expect(found([36, 36, 36, 35, 36, 36, 36, 36], { ...heat, comparison: 'at-least' })).toEqual(['01x8']);
  });

  it('fewer days than the rule wants are no spell', () => {
    expect(found([36, 36, 34, 36], heat)).toEqual([]);
  });

  it('tells the highest day, and that the ends of the list are open', () => {
    expect(spells(list([36, 39.5, 37]), heat)).toMatchObject({
      value: [{ extreme: 39.5, mayHaveBegunBefore: true, mayGoOn: true, unknownDays: 0 }],
    });
    expect(spells(list([30, 36, 39.5, 37, 30]), heat)).toMatchObject({
      value: [{ mayHaveBegunBefore: false, mayGoOn: false }],
    });
  });
});

describe('a day that is not known', () => {
  const gap = [30, 36, 36, 36, null, 36, 36, 36, 30];

  it('breaks the spell and opens both ends, or is bridged and counted as unknown', () => {
    expect(found(gap, heat)).toEqual(['02x3', '06x3']);
    expect(spells(list(gap), heat)).toMatchObject({
      value: [
        { mayHaveBegunBefore: false, mayGoOn: true },
        { mayHaveBegunBefore: true, mayGoOn: false },
      ],
    });
    expect(spells(list(gap), { ...heat, missingDay: 'bridges' })).toMatchObject({
      value: [{ days: 7, unknownDays: 1, from: '2026-06-02', to: '2026-06-08' }],
    });
  });

  it('at the end is not bridged: nothing is known behind it', () => {
    expect(spells(list([36, 36, 36, null, null]), { ...heat, missingDay: 'bridges' })).toMatchObject({
      value: [{ days: 3, mayGoOn: true }],
    });
  });

  it('is the same whether it is left out or null', () => {
    const without = list(gap).filter(({ value }) => value !== null);
    expect(spells(without, heat)).toEqual(spells(list(gap), heat));
  });
});

describe('cold', () => {
  it('counts days of 13 and less or below, and tells the lowest', () => {
    const cold: SpellRule = { comparison: 'at-most', threshold: 13, minimumDays: 3, missingDay: 'breaks' };
    expect(spells(list([14, 13, 8, 12, 14]), cold)).toMatchObject({ value: [{ days: 3, extreme: 8 }] });
    expect(found([14, 13, 8, 12, 14], { ...cold, comparison: 'below' })).toEqual([]);
  });
});

describe('refusals', () => {
  it.each([
    [[{ date: '2026-06-31', value: 1 }], 'not-a-date'],
    [
      [
        { date: '2026-06-02', value: 1 },
        { date: '2026-06-02', value: 2 },
      ],
      'order',
    ],
    [
      [
        { date: '1700-01-01', value: 1 },
        { date: '2026-06-02', value: 2 },
      ],
      'too-large',
    ],
    [[{ date: '2026-06-02', value: Number.NaN }], 'not-a-number'],
  ])('%o: %s', (days, code) => {
    expect(spells(days, heat)).toMatchObject({ kind: 'invalid-input', code });
  });

  it('no days, no spells; a rule of no days is outside the range', () => {
    expect(spells([], heat)).toMatchObject({ value: [] });
    expect(spells([], { ...heat, minimumDays: 0 })).toMatchObject({ kind: 'outside-range' });
  });
});

it('bridging never gives fewer days, and every known day of a spell holds', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.integer({ min: 33, max: 38 })), { maxLength: 28 }), (values) => {
      const days = (missingDay: 'breaks' | 'bridges') => {
        const outcome = spells(list(values), { ...heat, minimumDays: 1, missingDay });
        if (outcome.kind !== 'result') throw new Error(outcome.why);
        return outcome.value.reduce((total, spell) => total + spell.days - spell.unknownDays, 0);
      };
      const known = values.filter((value) => value !== null && value > 35).length;
      expect([days('breaks'), days('bridges')]).toEqual([known, known]);
    }),
  );
});
