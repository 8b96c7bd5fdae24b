import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { models, type NumberInput } from './index.ts';
import type { Values } from './outcome.ts';

const withExamples = models.filter(({ examples }) => examples.length > 0);

/** Inputs of a model that its first example gives, or a middle of each range. */
function inputsOf(model: (typeof models)[number]): Values {
  const [example] = model.examples;
  if (example) return example.inputs;
  return Object.fromEntries(
    Object.entries(model.inputs).map(([name, rule]) => [
      name,
      rule.kind === 'choice' ? (rule.choices[0] ?? '') : (rule.default ?? Math.max(1, rule.minimum ?? 0)),
    ]),
  );
}

describe('a result', () => {
  it('carries pack, edition, all inputs with their defaults, units and warnings', () => {
    const model = models.find(({ id }) => id === 'fireball.gost-98');
    expect(model?.run({ massKg: 254_000, distanceM: 500 })).toMatchObject({
      kind: 'result',
      model: 'fireball.gost-98',
      pack: 'gost-98',
      edition: '1998',
      inputs: { massKg: 254_000, distanceM: 500, emissivePowerKwM2: 450, heightShare: 0.5 },
      units: { heatFluxKwM2: 'kW/m²', diameterM: 'm', durationS: 's' },
      warnings: [],
    });
  });

  it.each(models.map((model) => [model.id, model] as const))(
    '%s answers its example with a unit for each output',
    (_, model) => {
      const outcome = model.run(inputsOf(model));
      expect(outcome.kind).toBe('result');
      if (outcome.kind === 'result') expect(Object.keys(outcome.units)).toEqual(Object.keys(model.outputs));
    },
  );
});

describe('outside the range', () => {
  const bounded = withExamples.flatMap((model) =>
    Object.entries(model.inputs).flatMap(([name, rule]) =>
      rule.kind === 'number' && (rule.minimum !== undefined || rule.maximum !== undefined)
        ? [[`${model.id} ${name}`, model, name, rule] as const]
        : [],
    ),
  );

  it.each(bounded)('%s: no number, but the input and its range', (_, model, name, rule: NumberInput) => {
    const { minimum, maximum } = rule;
    const outside = [
      ...(minimum === undefined ? [] : [minimum - Math.max(1, Math.abs(minimum))]),
      ...(maximum === undefined ? [] : [maximum + Math.max(1, Math.abs(maximum))]),
    ];
    for (const value of outside) {
      expect(model.run({ ...inputsOf(model), [name]: value })).toMatchObject({
        kind: 'outside-range',
        quantity: name,
        value,
        unit: rule.unit,
        minimum: minimum ?? null,
        maximum: maximum ?? null,
      });
    }
  });
});

describe('hostile inputs', () => {
  const anything = fc.oneof(
    fc.double(),
    fc.string(),
    fc.constantFrom(Number.NaN, Infinity, -Infinity, 0, -1, 1e300),
  );

  it.each(models.map((model) => [model.id, model] as const))(
    '%s never throws and never gives a number that is none',
    (_, model) => {
      const names = Object.keys(model.inputs);
      fc.assert(
        fc.property(fc.dictionary(fc.constantFrom(...names, 'unknown', '__proto__'), anything), (changes) => {
          const outcome = model.run({ ...inputsOf(model), ...changes });
          if (outcome.kind === 'result') {
            for (const value of Object.values(outcome.outputs)) expect(Number.isFinite(value)).toBe(true);
          } else expect(['outside-range', 'invalid-input']).toContain(outcome.kind);
        }),
        { numRuns: 60 },
      );
    },
  );

  it('names the input that is missing, unknown, no number or no choice', () => {
    const model = models.find(({ id }) => id === 'jet-fire.order-404');
    expect(model?.run({})).toMatchObject({ kind: 'invalid-input', input: 'massFlowKgS' });
    expect(model?.run({ massFlowKgS: 1, fuel: 'gas', wind: 2 })).toMatchObject({
      kind: 'invalid-input',
      input: 'wind',
    });
    expect(model?.run({ massFlowKgS: '1', fuel: 'gas' })).toMatchObject({
      kind: 'invalid-input',
      input: 'massFlowKgS',
    });
    expect(model?.run({ massFlowKgS: 1, fuel: 'coal' })).toMatchObject({
      kind: 'invalid-input',
      input: 'fuel',
    });
  });
});
