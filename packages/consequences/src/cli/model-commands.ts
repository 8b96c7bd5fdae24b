import type { Answer } from '../cli.ts';
import type { AnyModel, NumberInput } from '../model.ts';
import { models } from '../models/index.ts';
import type { Outcome } from '../outcome.ts';
import { packs } from '../packs.ts';
import { findSubstances, molarMassKgMol, type Substance, substances } from '../substances.ts';
import { interventionLevels, thresholdLists } from '../thresholds.ts';
import { inputsOf, modelNamed, option, type Words, withUnit } from './words.ts';

/** `0 < x ≤ 1`: the range of an input in words. */
export function rangeText(rule: Pick<NumberInput, 'minimum' | 'maximum' | 'openMinimum'>): string {
  const { minimum, maximum, openMinimum } = rule;
  if (minimum === undefined && maximum === undefined) return 'any';
  if (minimum === undefined) return `≤ ${maximum}`;
  if (maximum === undefined) return `${openMinimum ? '>' : '≥'} ${minimum}`;
  return `${minimum} ${openMinimum ? '<' : '≤'} x ≤ ${maximum}`;
}

export function modelsCommand(words: Words): Answer {
  const pack = option(words, 'pack');
  const found = models.filter((model) => pack === undefined || model.pack === pack);
  const width = Math.max(0, ...found.map(({ id }) => id.length));
  return {
    json: found.map((model) => ({
      id: model.id,
      title: model.title,
      pack: model.pack,
      edition: packs[model.pack].edition,
    })),
    text: found.map((model) => `${model.id.padEnd(width)}  ${model.title} [${model.pack}]`).join('\n'),
    given: found.length > 0,
  };
}

function described(model: AnyModel): string {
  const inputs = Object.entries(model.inputs).map(([name, rule]) => {
    const range = rule.kind === 'choice' ? rule.choices.join(' | ') : `${rangeText(rule)} ${rule.unit}`;
    const initial = rule.default === undefined ? '' : `, default ${rule.default}`;
    return `  ${name}: ${rule.what} (${range}${initial})`;
  });
  const outputs = Object.entries(model.outputs).map(
    ([name, { unit, what }]) => `  ${name}: ${what} (${unit})`,
  );
  const examples = model.examples.map(
    ({ inputs: given, output, expected, source }) =>
      `  ${Object.entries(given)
        .map(([name, value]) => `${name}=${value}`)
        .join(' ')}\n    ${output} = ${expected}  (${source})`,
  );
  const { title, edition } = packs[model.pack];
  return [
    `${model.id}: ${model.title}`,
    `pack ${model.pack}: ${title}, ${edition}`,
    `source: ${model.source}`,
    `check: ${model.check}`,
    ...(model.range === undefined ? [] : [`range: ${model.range}`]),
    'inputs',
    ...inputs,
    'outputs',
    ...outputs,
    ...(examples.length > 0 ? ['examples', ...examples] : []),
  ].join('\n');
}

export function modelCommand(words: Words): Answer {
  const model = modelNamed(words.plain[0]);
  const { id, pack, title, source, check, inputs, outputs, examples } = model;
  return {
    json: { id, pack, edition: packs[pack].edition, title, source, check, inputs, outputs, examples },
    text: described(model),
    given: true,
  };
}

/** An outcome as a person reads it. */
export function outcomeText(outcome: Outcome): string {
  if (outcome.kind === 'invalid-input') return `${outcome.model}: ${outcome.input} ${outcome.why}`;
  const head = `${outcome.model}  [${outcome.pack}, ${outcome.edition}]`;
  if (outcome.kind === 'outside-range') {
    const { quantity, value, unit, minimum, maximum, why } = outcome;
    const range = rangeText({ ...(minimum !== null && { minimum }), ...(maximum !== null && { maximum }) });
    return `${head}\nOUTSIDE RANGE: ${quantity} = ${withUnit(value, unit)}, valid: ${range}. ${why}`;
  }
  const width = Math.max(...Object.keys(outcome.outputs).map((name) => name.length));
  return [
    head,
    ...Object.entries(outcome.outputs).map(
      ([name, value]) => `  ${name.padEnd(width)}  ${withUnit(value, outcome.units[name] ?? '')}`,
    ),
    ...outcome.warnings.map(({ text }) => `  ! ${text}`),
  ].join('\n');
}

export function runCommand(words: Words): Answer {
  const model = modelNamed(words.plain[0]);
  const outcome = model.run(inputsOf(model, words.inputs));
  return { json: outcome, text: outcomeText(outcome), given: outcome.kind === 'result' };
}

function substanceText(substance: Substance): string {
  const molar = molarMassKgMol(substance);
  const { pool } = substance;
  return [
    `${substance.id}: ${substance.name}${substance.unNumber ? `, UN ${substance.unNumber}` : ''}`,
    ...(molar ? [`  molar mass ${(molar * 1000).toFixed(3)} g/mol (IUPAC 2021)`] : []),
    ...(pool
      ? [
          `  pool fire (NUREG-1805): ${pool.burningRateKgM2S} kg/(m² s), ${pool.heatOfCombustionKjKg} kJ/kg, ${pool.densityKgM3} kg/m³, k beta ${pool.kBetaPerM} 1/m`,
        ]
      : []),
    ...(substance.toxic ? [`  toxic probit: harm.toxic substance=${substance.toxic}`] : []),
    ...(substance.order404 ? [`  Order 404: pool-fire.order-404 fuel=${substance.order404}`] : []),
  ].join('\n');
}

export function substancesCommand(words: Words): Answer {
  const [wanted] = words.plain;
  const found = wanted === undefined ? substances : findSubstances(wanted);
  return {
    json: found.map((one) => ({ ...one, molarMassKgMol: molarMassKgMol(one) })),
    text: found.length > 0 ? found.map(substanceText).join('\n') : `no substance ${wanted}`,
    given: found.length > 0,
  };
}

export function thresholdsCommand(): Answer {
  return {
    json: { lists: thresholdLists, interventionLevels },
    text: thresholdLists
      .map(({ id, unit, source, levels }) =>
        [`${id} (${source})`, ...levels.map(({ level, what }) => `  ${level} ${unit}: ${what}`)].join('\n'),
      )
      .join('\n'),
    given: true,
  };
}
