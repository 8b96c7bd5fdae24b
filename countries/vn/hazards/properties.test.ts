import {
  type AttributeValue,
  type Chosen,
  type Evaluation,
  evaluate,
  type Facts,
  type InputRule,
  type RuleTable,
  settled,
} from '@keng/hazards';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vietNamHazards } from './index.ts';

const { tables, choices } = vietNamHazards;

/** Numbers that the rules of a table speak of, and values around them: chance alone would rarely meet a boundary. */
function numbersOf(table: RuleTable, name: string): readonly number[] {
  const found = new Set<number>();
  for (const { cases } of table.rules)
    for (const { when } of cases) {
      const matcher = when[name];
      if (!matcher || 'oneOf' in matcher) continue;
      for (const bound of [matcher.min, matcher.max])
        if (typeof bound === 'number') for (const one of around(bound)) found.add(one);
    }
  return [...found];
}

const around = (bound: number): number[] => [-1, -0.01, 0, 0.01, 1].map((step) => bound + step);

/** One of these, or any that the input can have; grades are whole. */
function numberNear(numbers: readonly number[], rule: Partial<InputRule> = {}): fc.Arbitrary<number> {
  const { minimum = -5, maximum = 600, whole } = rule;
  const known = numbers.filter(
    (one) => one >= minimum && one <= maximum && (!whole || Number.isInteger(one)),
  );
  const any = whole
    ? fc.integer({ min: Math.ceil(minimum), max: Math.floor(maximum) })
    : // In hundredths: nearly all numbers that a double can hold are next to zero.
      fc
        .integer({
          min: Math.ceil(Math.max(minimum, -60) * 100),
          max: Math.floor(Math.min(maximum, 600) * 100),
        })
        .map((hundredths) => hundredths / 100);
  return known.length > 0 ? fc.oneof(fc.constantFrom(...known), any) : any;
}

function factsOf(table: RuleTable): fc.Arbitrary<Facts> {
  const arbitraries: Record<string, fc.Arbitrary<AttributeValue>> = {};
  for (const [name, rule] of Object.entries({ ...table.inputs, ...table.attributes })) {
    const numbers = numbersOf(table, name);
    if (rule.words) arbitraries[name] = fc.constantFrom(...rule.words);
    else if (numbers.length > 0)
      arbitraries[name] = fc.oneof(
        fc.constantFrom(...numbers),
        fc.double({ noNaN: true, min: -5, max: 500 }),
      );
    else arbitraries[name] = fc.double({ noNaN: true, min: 0, max: 20 });
  }
  return fc.record(arbitraries, { requiredKeys: [] }) as fc.Arbitrary<Facts>;
}

/** Any alternatives of the choices that the table rests on. */
const choicesOf = (table: RuleTable) =>
  fc
    .record(
      Object.fromEntries(
        choices
          .filter(({ id }) => table.choices.includes(id))
          .map(({ id, alternatives }) => [id, fc.constantFrom(...alternatives.map((one) => one.id))]),
      ),
    )
    .map((chosen) => settled(choices, chosen));

/** Which of the reasons there is no level may change, as facts are missing; that there is none may not. */
const same = (one: Evaluation, other: Evaluation) => {
  if (one.kind !== other.kind) return false;
  if (one.kind === 'level') return other.kind === 'level' && one.level === other.level;
  return true;
};

describe.each(tables)('$hazard', (table) => {
  const question = fc.tuple(
    factsOf(table),
    fc.constantFrom('forecast' as const, 'observation' as const),
    choicesOf(table),
  );

  it('never gives a level without inputs, below 0 or above 5', () => {
    fc.assert(
      fc.property(question, ([facts, driver, chosen]) => {
        const found = evaluate(table, facts, driver, chosen);
        if (found.kind !== 'level') return;
        expect(Object.keys(table.inputs).some((name) => facts[name] !== undefined)).toBe(true);
        expect([0, 1, 2, 3, 4, 5]).toContain(found.level);
        expect(found.level === 0).toBe(found.rule === 'zero');
      }),
      { numRuns: 400 },
    );
  });

  it('gives the same answer, or asks, when a fact is taken away: never another level', () => {
    const halves = new Set((table.anyOf ?? []).flat());
    fc.assert(
      fc.property(question, fc.nat(), ([facts, driver, chosen], which) => {
        const names = Object.keys(facts).filter((name) => !halves.has(name));
        const name = names[which % Math.max(1, names.length)];
        if (name === undefined) return;
        const { [name]: _, ...fewer } = facts;
        const whole = evaluate(table, facts, driver, chosen);
        const without = evaluate(table, fewer, driver, chosen);
        if (without.kind !== 'cannot-be-assessed')
          expect(same(whole, without), `${name}: ${JSON.stringify([whole, without])}`).toBe(true);
      }),
      { numRuns: 600 },
    );
  });

  it('gives no higher level when the other half of an "or" is taken away', () => {
    for (const name of (table.anyOf ?? []).flat())
      fc.assert(
        fc.property(question, ([facts, driver, chosen]) => {
          if (chosen['overlap.highest'] !== 'highest') return;
          const { [name]: _, ...fewer } = facts;
          const whole = evaluate(table, facts, driver, chosen);
          const without = evaluate(table, fewer, driver, chosen);
          if (without.kind !== 'level') return;
          expect(whole.kind).not.toBe('no-level');
          if (whole.kind === 'level') expect(whole.level).toBeGreaterThanOrEqual(without.level);
        }),
        { numRuns: 400 },
      );
  });

  it('says what is needed by names that the table declares', () => {
    fc.assert(
      fc.property(question, ([facts, driver, chosen]) => {
        const found = evaluate(table, facts, driver, chosen);
        if (found.kind !== 'cannot-be-assessed') return;
        expect(found.needs.length).toBeGreaterThan(0);
        for (const name of found.needs) {
          expect(table.inputs[name] ?? table.attributes[name]).toBeDefined();
          expect(facts[name]).toBeUndefined();
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** Where the table is monotone: more of it is never a lower level, other facts alike. */
const monotone: readonly (readonly [
  hazard: string,
  input: string,
  direction: 1 | -1,
  besides: Facts,
  chosen?: Chosen,
])[] = [
  ['storm', 'wind', 1, {}],
  ['surge', 'level', 1, {}],
  ['rain', 'rain24', 1, { rain12: 0 }],
  ['rain', 'days', 1, { rain12: 0 }],
  ['flood', 'level', 1, { alarm1: 2, alarm2: 3, alarm3: 4, historic: 6, design: 7 }],
  ['flash-flood', 'rain24', 1, {}],
  ['heat', 'maximum', 1, {}],
  ['heat', 'days', 1, {}],
  ['drought', 'rainDeficit', 1, {}],
  ['drought', 'months', 1, {}],
  ['drought', 'surfaceDeficit', 1, {}],
  ['salinity', 'boundary1', 1, {}],
  ['salinity', 'boundary4', 1, {}],
  ['sea-wind', 'wind', 1, {}],
  ['fog', 'visibility', -1, {}],
  ['cold-frost', 'mean', -1, {}],
  ['cold-frost', 'days', 1, {}],
  ['wildfire', 'days', 1, { maximum: 36 }],
  ['earthquake', 'intensity', 1, {}],
  ['tsunami', 'height', 1, { coastal: 'yes' }, { 'tsunami.disagree': 'the-higher' }],
  ['tsunami', 'intensity', 1, { coastal: 'yes' }, { 'tsunami.disagree': 'the-higher' }],
];

describe('more is never less', () => {
  it.each(
    monotone.map(([hazard, input, direction, besides, chosenHere]) => ({
      hazard,
      input,
      direction,
      besides,
      chosenHere,
    })),
  )('$hazard by $input', ({ hazard, input, direction, besides, chosenHere }) => {
    const table = tables.find((one) => one.hazard === hazard);
    if (!table) throw new Error(hazard);
    const chosen = settled(choices, chosenHere ?? {});
    // Where the bounds are those of the place (alarm levels of a station), its values are the boundaries.
    const given = Object.values(besides).filter((one) => typeof one === 'number');
    const numbers = [...numbersOf(table, input), ...given.flatMap(around)];
    const value = numberNear(numbers, table.inputs[input]);
    let compared = 0;
    fc.assert(
      fc.property(factsOf(table), value, value, (facts, a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        const [weaker, stronger] = [direction === 1 ? less : more, direction === 1 ? more : less].map((one) =>
          evaluate(table, { ...facts, ...besides, [input]: one }, 'forecast', chosen),
        );
        if (weaker?.kind !== 'level' || stronger?.kind !== 'level') return;
        compared += 1;
        expect(stronger.level).toBeGreaterThanOrEqual(weaker.level);
      }),
      { numRuns: 1500 },
    );
    // A property that compares nothing holds for nothing.
    expect(compared).toBeGreaterThan(0);
  });
});
