import { intervalText, isOneOf, type Matcher, type Rule } from '../levels/index.ts';
import { type Countries, countryOf } from './countries.ts';
import { hazardOf, named } from './country-text.ts';
import { type Answer, option, type Words } from './words.ts';

function matcherText(matcher: Matcher): string {
  return isOneOf(matcher) ? matcher.oneOf.join(' or ') : intervalText(matcher);
}

/** A rule in one line a case. */
function ruleText(rule: Rule): string {
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
