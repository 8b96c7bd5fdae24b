import { settled } from './evaluate.ts';
import { type Case, type CountryRules, isOneOf, type RuleTable, type Words } from './rules.ts';

function missingLanguages(words: Words, languages: readonly string[]): readonly string[] {
  return languages.filter((language) => !words[language]?.trim());
}

function casesOf(table: RuleTable): readonly Case[] {
  return [...table.rules.flatMap(({ cases }) => cases), ...table.below, ...(table.where ?? [])];
}

/** The choices that a table mentions anywhere. */
function choicesIn(table: RuleTable): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { under } of casesOf(table)) for (const id of Object.keys(under ?? {})) found.add(id);
  for (const { level } of table.rules) if (typeof level === 'object') found.add(level.choice);
  for (const admission of [table.forecast, table.observation])
    if (admission !== 'written') found.add(admission.choice);
  if ('choice' in table.overlap) found.add(table.overlap.choice);
  if (table.zero !== undefined) found.add(table.zero);
  return found;
}

function conditionProblems(table: RuleTable, one: Case): readonly string[] {
  return Object.entries(one.when).flatMap(([name, matcher]) => {
    const rule = table.inputs[name] ?? table.attributes[name];
    if (!rule) return [`asks for ${name}, which the table does not declare`];
    if (!isOneOf(matcher)) {
      const bounds = [matcher.min, matcher.max].filter((bound) => typeof bound === 'object');
      const unknown = bounds.filter(({ attribute }) => !table.attributes[attribute]);
      const { min, max } = matcher;
      const empty = typeof min === 'number' && typeof max === 'number' && min > max;
      return [
        ...(rule.words ? [`compares ${name}, which is a word`] : []),
        ...(empty ? [`${name} from ${min} to ${max} is empty`] : []),
        ...unknown.map(({ attribute }) => `a bound is the unknown attribute ${attribute}`),
      ];
    }
    return matcher.oneOf
      .filter((word) => !rule.words?.includes(word))
      .map((word) => `${name} can never be ${word}`);
  });
}

function tableProblems(table: RuleTable, rules: CountryRules): readonly string[] {
  const { languages, choices } = rules;
  const problems: string[] = [];
  const both = Object.keys(table.inputs).filter((name) => Object.hasOwn(table.attributes, name));
  for (const name of both) problems.push(`${name} is an input and an attribute`);
  for (const words of [
    table.names,
    ...Object.values(table.inputs).map(({ what }) => what),
    ...Object.values(table.attributes).map(({ what }) => what),
  ])
    for (const language of missingLanguages(words, languages))
      problems.push(`a name is missing in ${language}`);
  for (const one of casesOf(table)) {
    problems.push(...conditionProblems(table, one));
    for (const [id, alternatives] of Object.entries(one.under ?? {})) {
      const choice = choices.find((known) => known.id === id);
      if (!choice) problems.push(`counts under the unknown choice ${id}`);
      for (const alternative of alternatives)
        if (choice && !choice.alternatives.some((known) => known.id === alternative))
          problems.push(`counts under ${id} = ${alternative}, which is no alternative`);
    }
  }
  for (const { id, level } of table.rules) {
    const levels =
      typeof level === 'number' ? [level] : typeof level === 'object' ? Object.values(level.levels) : [];
    for (const one of levels)
      if (!Number.isInteger(one) || one < 1 || one > rules.coincidence.maximum)
        problems.push(`${id} gives the level ${one}`);
    if (typeof level === 'object')
      for (const alternative of Object.keys(level.levels))
        if (
          !choices.some(
            (one) => one.id === level.choice && one.alternatives.some((known) => known.id === alternative),
          )
        )
          problems.push(`${id} has a level for ${level.choice} = ${alternative}, which is no alternative`);
  }
  for (const id of choicesIn(table))
    if (!choices.some((one) => one.id === id)) problems.push(`mentions the unknown choice ${id}`);
  const told = new Set(table.choices);
  for (const id of table.choices)
    if (!choicesIn(table).has(id)) problems.push(`lists ${id} and never uses it`);
  for (const id of choicesIn(table))
    if (!told.has(id) && !('choice' in table.overlap && table.overlap.choice === id))
      problems.push(`uses ${id} and does not list it`);
  for (const name of (table.anyOf ?? []).flat())
    if (!table.inputs[name]) problems.push(`one of an "or" is ${name}, which is no input`);
  return problems.map((problem) => `${table.hazard}: ${problem}`);
}

/** What is wrong with the rules of a country; nothing for sound ones. For the test that each country has. */
export function checkCountryRules(rules: CountryRules): readonly string[] {
  const problems = rules.tables.flatMap((table) => tableProblems(table, rules));
  const twice = (what: string, ids: readonly string[]) => {
    for (const id of new Set(ids.filter((one, at) => ids.indexOf(one) !== at)))
      problems.push(`${what} ${id} stands twice`);
  };
  twice(
    'the hazard',
    rules.tables.map(({ hazard }) => hazard),
  );
  twice(
    'the rule',
    rules.tables.flatMap((table) => table.rules.map(({ id }) => id)),
  );
  twice(
    'the choice',
    rules.choices.map(({ id }) => id),
  );
  const units = new Map<string, string>();
  for (const table of rules.tables)
    for (const { quantity, unit } of Object.values(table.inputs)) {
      const known = units.get(quantity);
      if (known !== undefined && known !== unit)
        problems.push(`${quantity} is read in ${known} and in ${unit}`);
      units.set(quantity, unit);
    }
  for (const { id, alternatives, default: initial, label, reason, question } of rules.choices) {
    for (const words of [label, reason, question, ...alternatives.map(({ what }) => what)])
      for (const language of missingLanguages(words, rules.languages))
        problems.push(`a text of the choice ${id} is missing in ${language}`);
    if (alternatives.length < 2) problems.push(`the choice ${id} leaves no choice`);
    if (!alternatives.some((one) => one.id === initial))
      problems.push(`the default of ${id} is no alternative`);
  }
  for (const { level, names, colour } of rules.levels)
    for (const language of [names, colour].flatMap((words) => missingLanguages(words, rules.languages)))
      problems.push(`a word of level ${level} is missing in ${language}`);
  if (problems.length === 0) settled(rules.choices);
  return problems;
}
