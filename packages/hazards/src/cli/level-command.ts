import {
  type AttributeValue,
  type Driver,
  type GivenValue,
  type RuleTable,
  tryOut,
} from '../levels/index.ts';
import { UnitProblem } from '../units.ts';
import { type Countries, countryOf } from './countries.ts';
import { hazardOf } from './country-text.ts';
import { verdictText } from './verdict-text.ts';
import { type Answer, option, UsageError, type Words } from './words.ts';

const namedByOption = ['country', 'hazard', 'driver', 'choice', 'language', 'time', 'level', 'issued'];

/** `12`, `54km/h`, `yes`: a number may bring its unit. */
function givenValue(table: RuleTable, name: string, text: string): GivenValue {
  const unit = table.inputs[name]?.unit ?? '';
  if (unit === 'word') return { value: text, unit };
  const [, digits, own = ''] = /^(-?\d+(?:\.\d+)?(?:e-?\d+)?)\s*(\S*)$/.exec(text.trim()) ?? [];
  if (digits === undefined) throw new UsageError(`${name}: ${JSON.stringify(text)} is no number`);
  return { value: Number(digits), unit: own === '' ? unit : own };
}

function attributeOf(table: RuleTable, name: string, text: string): AttributeValue {
  const rule = table.attributes[name];
  if (!rule?.words) {
    const value = Number(text);
    // An attribute without words and unit is a name, such as that of a datum.
    return rule?.unit === undefined || !Number.isFinite(value) ? text : value;
  }
  return text.includes(',') ? text.split(',') : text;
}

/** Everything given by `name=value`, and by `--name value` for the names of the table. */
function givenTo(table: RuleTable, words: Words): Readonly<Record<string, string>> {
  const given: Record<string, string> = { ...words.inputs };
  for (const [name, [value]] of Object.entries(words.options))
    if (!namedByOption.includes(name) && value !== undefined) given[name] = value;
  for (const name of Object.keys(given))
    if (!Object.hasOwn(table.inputs, name) && !Object.hasOwn(table.attributes, name))
      throw new UsageError(
        `${table.hazard} asks for ${[...Object.keys(table.inputs), ...Object.keys(table.attributes)].join(', ')}, not ${name}`,
      );
  return given;
}

function choicesOf(words: Words): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (words.options.choice ?? []).map((text) => {
      const cut = text.indexOf('=');
      if (cut < 0) throw new UsageError(`--choice wants CHOICE=ALTERNATIVE, not ${text}`);
      return [text.slice(0, cut), text.slice(cut + 1)];
    }),
  );
}

/** `level --hazard storm region=nam-bo wind=12`: the verdict of one table for values given by hand. */
export function levelCommand(words: Words, countries: Countries): Answer {
  const { rules } = countryOf(words, countries);
  const table = hazardOf(rules, words);
  const driver = option(words, 'driver') ?? 'forecast';
  if (driver !== 'forecast' && driver !== 'observation')
    throw new UsageError('--driver must be forecast or observation');
  const inputs: Record<string, GivenValue> = {};
  const attributes: Record<string, AttributeValue> = {};
  for (const [name, text] of Object.entries(givenTo(table, words)))
    if (Object.hasOwn(table.inputs, name)) inputs[name] = givenValue(table, name, text);
    else attributes[name] = attributeOf(table, name, text);
  try {
    const verdict = tryOut(rules, {
      hazard: table.hazard,
      driver: driver satisfies Driver,
      inputs,
      attributes,
      choices: choicesOf(words),
      source: 'command line',
      time: option(words, 'time') ?? '',
    });
    return {
      json: { country: rules.country, edition: rules.edition, ...verdict },
      text: `${verdictText(verdict)}\n  ${rules.edition}`,
      given: verdict.kind === 'level',
    };
  } catch (error) {
    if (error instanceof RangeError || error instanceof UnitProblem) throw new UsageError(error.message);
    throw error;
  }
}
