import {
  type AttributeValue,
  bulletinsDue,
  type CountryRules,
  commandAt,
  type Driver,
  type GivenValue,
  intervalText,
  isOneOf,
  type Matcher,
  type Words as Names,
  type Reference,
  type Rule,
  type RuleTable,
  tryOut,
  type Verdict,
} from '../levels/index.ts';
import { UnitProblem } from '../units.ts';
import { type Countries, countryOf } from './countries.ts';
import { type Answer, option, UsageError, type Words } from './words.ts';

const namedByOption = ['country', 'hazard', 'driver', 'choice', 'language', 'time', 'level', 'issued'];

function named(names: Names, words: Words): string {
  return names[option(words, 'language') ?? 'en'] ?? Object.values(names)[0] ?? '';
}

function referenceText({ article, clause, point }: Reference): string {
  return [
    `Article ${article}`,
    ...(clause === undefined ? [] : [`clause ${clause}`]),
    ...(point === undefined ? [] : [`point ${point}`]),
  ].join(', ');
}

function hazardOf(rules: CountryRules, words: Words): RuleTable {
  const hazards = rules.tables.map(({ hazard }) => hazard);
  const wanted = option(words, 'hazard') ?? words.plain[0];
  const table = rules.tables.find(({ hazard }) => hazard === wanted);
  if (!table) throw new UsageError(`--hazard must be one of ${hazards.join(', ')}`);
  return table;
}

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

const reasons: Readonly<Record<string, string>> = {
  below: 'below the lowest level of the article',
  place: 'the article does not speak of such a place',
  gap: 'the law leaves this open; a choice decides',
  'not-written': 'no rule covers this combination',
  elsewhere: 'the law leaves the level to somebody to set',
  contradiction: 'several rules hold; a person decides',
  driver: 'the article does not speak of such a verdict; a choice decides',
};

/** A verdict as a person reads it. */
export function verdictText(verdict: Verdict): string {
  const head = `${verdict.hazard}, by ${verdict.driver}`;
  const lines = [
    ...verdict.inputs.map(
      ({ input, value, unit }) => `  ${input} = ${value}${unit === 'word' ? '' : ` ${unit}`}`,
    ),
    ...Object.entries(verdict.attributes).map(([name, value]) => `  ${name} = ${value}`),
  ];
  const choices = verdict.choices.map(({ choice, chosen, alternatives }) => {
    const others = Object.entries(alternatives)
      .filter(([id]) => id !== chosen)
      .map(([id, outcome]) => `${id}: ${outcome}`);
    return `  rests on ${choice} = ${chosen} (${others.join('; ')})`;
  });
  if (verdict.kind === 'cannot-be-assessed')
    return [
      `${head}: CANNOT BE ASSESSED, needs ${verdict.needs.map(({ name }) => name).join(', ')}`,
      ...verdict.needs.map(({ name, why, unit, words: list }) =>
        [`  ${name} is ${why}`, list ? ` (${list.join(', ')})` : unit ? ` (${unit})` : ''].join(''),
      ),
      ...lines,
      ...choices,
    ].join('\n');
  if (verdict.kind === 'no-level')
    return [
      `${head}: NO LEVEL, ${reasons[verdict.because] ?? verdict.because}  [${referenceText(verdict)}]`,
      ...lines,
      ...choices,
    ].join('\n');
  return [
    `${head}: LEVEL ${verdict.level}  [${referenceText(verdict)}]`,
    ...lines,
    ...verdict.alsoHold.map(({ rule, level }) => `  ${rule} holds too: level ${level}`),
    ...verdict.without.map((name) => `  without ${name}: the level is at least this`),
    ...choices,
  ].join('\n');
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

function matcherText(matcher: Matcher): string {
  return isOneOf(matcher) ? matcher.oneOf.join(' or ') : intervalText(matcher);
}

/** A rule in one line a case. */
export function ruleText(rule: Rule): string {
  const level =
    typeof rule.level === 'number'
      ? `level ${rule.level}`
      : rule.level === 'elsewhere'
        ? 'set elsewhere'
        : `open: ${rule.level.choice}`;
  return [
    `${rule.id.padEnd(10)} ${level}`,
    ...rule.cases.map(({ when, under }) => {
      const conditions = Object.entries(when).map(([name, matcher]) => `${name} ${matcherText(matcher)}`);
      const chosen = Object.entries(under ?? {}).map(([id, list]) => `${id} = ${list.join(' or ')}`);
      return `    ${conditions.join(', ')}${chosen.length > 0 ? `  under ${chosen.join(', ')}` : ''}`;
    }),
  ].join('\n');
}

/** `rules`: the tables; `rules --hazard heat`: one table with its rules, inputs and choices. */
export function rulesCommand(words: Words, countries: Countries): Answer {
  const { rules } = countryOf(words, countries);
  if (option(words, 'hazard') === undefined && words.plain.length === 0)
    return {
      json: rules.tables.map(({ hazard, article, names, rules: list }) => ({
        hazard,
        article,
        names,
        rules: list.length,
      })),
      text: [
        rules.edition,
        ...rules.tables.map(
          ({ hazard, article, names }) => `${hazard.padEnd(24)} Article ${article}  ${named(names, words)}`,
        ),
      ].join('\n'),
      given: true,
    };
  const table = hazardOf(rules, words);
  const choices = rules.choices.filter(({ id }) => table.choices.includes(id));
  return {
    json: { ...table, choices },
    text: [
      `${table.hazard}: ${named(table.names, words)}, Article ${table.article}, ${rules.edition}`,
      'inputs',
      ...Object.entries(table.inputs).map(
        ([name, { what, unit, words: list }]) =>
          `  ${name}: ${named(what, words)} (${list ? list.join(', ') : unit})`,
      ),
      'attributes of the place',
      ...Object.entries(table.attributes).map(
        ([name, { what, unit, words: list }]) =>
          `  ${name}: ${named(what, words)}${list || unit ? ` (${list ? list.join(', ') : unit})` : ''}`,
      ),
      'rules',
      ...table.rules.map((rule) => `  ${ruleText(rule).replaceAll('\n', '\n  ')}`),
      'choices',
      ...choices.map(
        ({ id, label, default: initial, alternatives }) =>
          `  ${id}: ${named(label, words)} (${alternatives.map((one) => one.id).join(', ')}; default ${initial})`,
      ),
    ].join('\n'),
    given: true,
  };
}

/** `bulletins --time NOW cyclone=storm ...`: what the law expects in a situation; `bulletins --level 3`: who commands. */
export function bulletinsCommand(words: Words, countries: Countries): Answer {
  const { bulletins } = countryOf(words, countries);
  if (!bulletins) throw new UsageError('this country has no bulletins');
  const level = option(words, 'level');
  if (level !== undefined) {
    const command = commandAt(bulletins, Number(level));
    if (!command) throw new UsageError(`--level ${level}: nobody is named for it`);
    return {
      json: { ...command, note: bulletins.commandNote },
      text: [
        named(command.commands, words),
        named(command.may, words),
        `direction is repeated every ${command.directionEveryMinutes} minutes`,
        `${command.source}. ${named(bulletins.commandNote, words)}`,
      ].join('\n'),
      given: true,
    };
  }
  const now = option(words, 'time');
  if (now === undefined || !Number.isFinite(Date.parse(now)))
    throw new UsageError('--time wants the instant to look from, such as 2026-09-06T00:00:00Z');
  const situation: Record<string, AttributeValue> = {};
  for (const [name, text] of Object.entries(words.inputs)) {
    const fact = Object.hasOwn(bulletins.facts, name) ? bulletins.facts[name] : undefined;
    if (!fact) throw new UsageError(`a situation is described by ${Object.keys(bulletins.facts).join(', ')}`);
    if (fact.words ? !fact.words.includes(text) : !Number.isFinite(Number(text)))
      throw new UsageError(`${name} must be ${fact.words?.join(' or ') ?? `a number in ${fact.unit}`}`);
    situation[name] = fact.words ? text : Number(text);
  }
  const issued = Object.fromEntries(
    (words.options.issued ?? []).map((text) => {
      const [id = '', at = ''] = text.split('@');
      if (!bulletins.bulletins.some((one) => one.id === id) || !Number.isFinite(Date.parse(at)))
        throw new UsageError('--issued wants BULLETIN@INSTANT');
      return [id, at];
    }),
  );
  const due = bulletinsDue(bulletins, situation, now, issued);
  return {
    json: due,
    text:
      due.length === 0
        ? 'no bulletin is expected'
        : due
            .map((one) => {
              const head = `${one.bulletin.id}: ${named(one.bulletin.names, words)} [${referenceText(one.bulletin)}]`;
              if (one.kind === 'cannot-be-told')
                return `${head}: cannot be told, needs ${one.needs.join(', ')}`;
              return [
                `${head}${one.now ? ', due now' : ''}${one.next === undefined ? '' : `, next ${one.next}`}`,
                ...(one.overdueSince === undefined ? [] : [`  overdue since ${one.overdueSince}`]),
                ...(one.bulletin.interim ? [`  extra ones ${named(one.bulletin.interim, words)}`] : []),
                `  from ${one.bulletin.issuer}`,
                ...(one.delivery
                  ? [
                      `  to ${named(one.delivery.receivers, words)} ${one.delivery.withinMinutes === 0 ? 'at once' : `within ${one.delivery.withinMinutes} minutes`} [${referenceText(one.delivery)}]`,
                    ]
                  : []),
                ...one.repeats.map(
                  (rule) =>
                    `  ${named(rule.names, words)}: ${rule.first}${rule.again ? `, again ${rule.again.times} times ${rule.again.everyMinutes} min apart` : ''}${rule.thenEveryMinutes === undefined ? '' : `, then every ${rule.thenEveryMinutes} min`}, until ${rule.until} [${referenceText(rule)}]`,
                ),
              ].join('\n');
            })
            .join('\n'),
    given: due.length > 0,
  };
}
