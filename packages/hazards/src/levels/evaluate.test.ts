import { describe, expect, it } from 'vitest';
import { UnitProblem } from '../units.ts';
import { settled } from './evaluate.ts';
import { inventedCountry } from './testing/invented-country.ts';
import { type TryOut, tryOut } from './try-out.ts';
import type { Verdict } from './verdict.ts';

const units: Readonly<Record<string, string>> = {
  wind: 'm/s',
  hours: 'h',
  dryDays: 'day',
  level: 'm',
  perDay: 'count',
  perHour: 'count',
  swarm: 'word',
};

function asked(
  hazard: string,
  inputs: Readonly<Record<string, number | string>>,
  attributes: TryOut['attributes'] = {},
  rest: Partial<TryOut> = {},
): Verdict {
  return tryOut(inventedCountry, {
    hazard,
    driver: 'forecast',
    inputs: Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [name, { value, unit: units[name] ?? '' }]),
    ),
    attributes,
    source: 'test',
    time: '2026-01-01T00:00:00Z',
    ...rest,
  });
}

const rock = { desert: 'rock' };
const dune = { desert: 'dune' };

describe('a table gives', () => {
  it('a level with rule, article, clause, inputs and attributes', () => {
    expect(asked('sandstorm', { wind: 18, hours: 2 }, rock)).toMatchObject({
      kind: 'level',
      level: 2,
      rule: '7.2',
      article: '7',
      clause: '2',
      driver: 'forecast',
      inputs: [{ input: 'wind', value: 18, unit: 'm/s', source: 'test' }, { input: 'hours' }],
      attributes: rock,
    });
  });

  it('what is needed, where a missing fact could change the answer', () => {
    expect(asked('sandstorm', { wind: 18 }, rock)).toMatchObject({
      kind: 'cannot-be-assessed',
      needs: [{ name: 'hours', kind: 'input', unit: 'h', why: 'missing' }],
    });
    expect(asked('sandstorm', { wind: 30, hours: 2 }, rock)).toMatchObject({
      needs: [{ name: 'dryDays' }],
    });
    expect(asked('sandstorm', { wind: 18, hours: 2 })).toMatchObject({
      needs: [{ name: 'desert', kind: 'attribute', words: ['dune', 'rock', 'none'] }],
    });
  });

  it('a level without what cannot change it', () => {
    expect(asked('sandstorm', { wind: 12, hours: 2 }, rock)).toMatchObject({ level: 1 });
  });

  it('no level at a place that the article does not speak of', () => {
    expect(asked('sandstorm', {}, { desert: 'none' })).toMatchObject({ kind: 'no-level', because: 'place' });
  });

  it('level 0 below the lowest, if so chosen', () => {
    expect(asked('sandstorm', { wind: 9, hours: 2 }, rock)).toMatchObject({
      kind: 'level',
      level: 0,
      rule: 'zero',
      choices: [{ choice: 'calm', chosen: 'level-0', alternatives: { 'level-0': 0, 'no-level': 'below' } }],
    });
    expect(asked('sandstorm', { wind: 9, hours: 2 }, rock, { choices: { calm: 'no-level' } })).toMatchObject({
      kind: 'no-level',
      because: 'below',
    });
  });

  it('no level for a combination that no rule covers', () => {
    expect(asked('sandstorm', { wind: 30, hours: 2, dryDays: 5 }, rock)).toMatchObject({
      kind: 'no-level',
      because: 'not-written',
    });
  });

  it('no level in a gap, with the choice and what it would give', () => {
    expect(asked('sandstorm', { wind: 22, hours: 2 }, dune)).toMatchObject({
      kind: 'no-level',
      because: 'gap',
      rule: 'gap:dune-20-25',
      choices: [{ choice: 'dune-20-25', chosen: 'none', alternatives: { none: 'gap', two: 2 } }],
    });
    expect(
      asked('sandstorm', { wind: 22, hours: 2 }, dune, { choices: { 'dune-20-25': 'two' } }),
    ).toMatchObject({ kind: 'level', level: 2, choices: [{ chosen: 'two' }] });
  });

  it('no level where the law leaves it to somebody, whatever the water does', () => {
    expect(asked('river', { level: 3 }, { mark: 2, record: 5, spared: 'yes' })).toMatchObject({
      kind: 'no-level',
      because: 'elsewhere',
      clause: '4',
    });
  });

  it('no level by a driver that the article does not speak of', () => {
    const inputs = { perDay: 120, swarm: 'yes' };
    expect(asked('locusts', inputs, {}, { driver: 'observation' })).toMatchObject({ level: 1 });
    expect(asked('locusts', inputs)).toMatchObject({
      kind: 'no-level',
      because: 'driver',
      choices: [{ choice: 'forecast-locusts' }],
    });
  });
});

describe('an "or" of the law', () => {
  const by = { driver: 'observation' } as const;

  it('is met by one half, and says what it went without', () => {
    expect(asked('locusts', { perHour: 15, swarm: 'yes' }, {}, by)).toMatchObject({
      level: 1,
      without: ['perDay'],
    });
  });

  it('asks for the other half where the known one decides nothing', () => {
    expect(asked('locusts', { perDay: 50, swarm: 'yes' }, {}, by)).toMatchObject({
      kind: 'cannot-be-assessed',
      needs: [{ name: 'perHour' }],
    });
  });

  it('asks for both where there is neither', () => {
    expect(asked('locusts', { swarm: 'yes' }, { crops: 'wheat' }, by)).toMatchObject({
      needs: [{ name: 'perDay' }, { name: 'perHour' }],
    });
  });
});

describe('several rules at once', () => {
  const inputs = { perDay: 180, perHour: 5, swarm: 'yes' };
  const ask = (several?: string) =>
    asked(
      'locusts',
      inputs,
      { crops: ['vines', 'wheat'] },
      {
        driver: 'observation',
        choices: several === undefined ? {} : { several },
      },
    );

  it('the highest counts, the others are named, and so is the choice', () => {
    expect(ask()).toMatchObject({
      level: 2,
      alsoHold: [{ rule: '9.1', level: 1 }],
      resolvedBy: { choice: 'several' },
      choices: [
        {
          choice: 'several',
          alternatives: { highest: 2, lowest: 1, 'a-person-decides': 'contradiction' },
        },
      ],
    });
  });

  it('the lowest, or a person, if so chosen', () => {
    expect(ask('lowest')).toMatchObject({ level: 1, rule: '9.1' });
    expect(ask('a-person-decides')).toMatchObject({ kind: 'no-level', because: 'contradiction' });
  });
});

describe('what does not exist is refused', () => {
  it.each([
    ['hazard', () => asked('meteor', {})],
    ['input', () => asked('river', { wind: 3 })],
    ['attribute', () => asked('river', {}, { desert: 'rock' })],
    ['word of an attribute', () => asked('sandstorm', {}, { desert: 'mud' })],
    ['word of an input', () => asked('locusts', { swarm: 'perhaps' })],
    ['number out of range', () => asked('sandstorm', { wind: 200 })],
    ['choice', () => settled(inventedCountry.choices, { nothing: 'yes' })],
    ['alternative', () => settled(inventedCountry.choices, { calm: 'level-9' })],
    ['choice of the prototype', () => settled(inventedCountry.choices, JSON.parse('{"__proto__x":"y"}'))],
  ])('%s', (_name, ask) => {
    expect(ask).toThrow(RangeError);
  });

  it('a unit that the quantity cannot have', () => {
    expect(() => asked('sandstorm', {}, rock, { inputs: { wind: { value: 10, unit: 'hPa' } } })).toThrow(
      UnitProblem,
    );
  });

  it('while another unit of it is converted', () => {
    expect(
      asked('sandstorm', {}, rock, {
        inputs: { wind: { value: 36, unit: 'km/h' }, hours: { value: 90, unit: 'min' } },
      }),
    ).toMatchObject({
      level: 1,
      inputs: [{ value: 10, given: { value: 36, unit: 'km/h' } }, { value: 1.5 }],
    });
  });
});
