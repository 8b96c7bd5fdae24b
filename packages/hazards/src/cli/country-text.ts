import type { CountryRules, Words as Names, Reference, RuleTable } from '../levels/index.ts';
import { option, UsageError, type Words } from './words.ts';

/** What a country calls a thing, in the language of `--language`. */
export function named(names: Names, words: Words): string {
  return names[option(words, 'language') ?? 'en'] ?? Object.values(names)[0] ?? '';
}

/** Article, clause and point. */
export function referenceText({ article, clause, point }: Reference): string {
  return [
    `Article ${article}`,
    ...(clause === undefined ? [] : [`clause ${clause}`]),
    ...(point === undefined ? [] : [`point ${point}`]),
  ].join(', ');
}

/** The table of `--hazard`, or of the first plain word. */
export function hazardOf(rules: CountryRules, words: Words): RuleTable {
  const hazards = rules.tables.map(({ hazard }) => hazard);
  const wanted = option(words, 'hazard') ?? words.plain[0];
  const table = rules.tables.find(({ hazard }) => hazard === wanted);
  if (!table) throw new UsageError(`--hazard must be one of ${hazards.join(', ')}`);
  return table;
}
