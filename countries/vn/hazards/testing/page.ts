import { type Case, intervalText, isOneOf, type Rule, type RuleTable } from '@keng/hazards';
import { vietNamBulletins, vietNamHazards } from '../index.ts';

/** The tables of docs/hazards.md, written from the rules; a test holds them against the page. */

const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '/')).join(' | ')} |`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

function caseText({ when, under }: Case): string {
  const conditions = Object.entries(when).map(([name, matcher]) =>
    isOneOf(matcher) ? `${name}: ${matcher.oneOf.join(', ')}` : `${name} ${intervalText(matcher)}`,
  );
  const chosen = Object.entries(under ?? {}).map(([id, list]) => `${id} = ${list.join(', ')}`);
  return `${conditions.join('; ')}${chosen.length > 0 ? ` {${chosen.join('; ')}}` : ''}`;
}

function levelText({ level }: Rule): string {
  if (typeof level === 'number') return String(level);
  return level === 'elsewhere' ? 'set elsewhere' : `open: \`${level.choice}\``;
}

function hazardText(one: RuleTable): string {
  const inputs = Object.entries(one.inputs).map(
    ([name, { quantity, unit, minimum, maximum, freshForHours, take }]) =>
      `${name} = \`${quantity}\` (${unit}${minimum === undefined ? '' : `, ${minimum} to ${maximum}`}; ${take}; ${freshForHours} h)`,
  );
  const attributes = Object.entries(one.attributes).map(([name, { what }]) => `${name}: ${what.en}`);
  return [
    `### Article ${one.article}: ${one.names.en} (${one.names.vi})`,
    `Inputs: ${inputs.join('; ')}.${attributes.length > 0 ? ` Place: ${attributes.join('; ')}.` : ''}`,
    table(
      ['rule', 'level', 'any of these cases'],
      one.rules.map((rule) => [`\`${rule.id}\``, levelText(rule), rule.cases.map(caseText).join(' **or** ')]),
    ),
    `Below the lowest level: ${one.below.map(caseText).join(' **or** ')}.`,
  ].join('\n\n');
}

const choices = (): string =>
  table(
    [
      'choice',
      'article',
      'defect',
      'what',
      'alternatives, the default first',
      'reason',
      'question to the owner of the law',
    ],
    vietNamHazards.choices.map(({ id, article, defect, label, alternatives, reason, question }) => [
      `\`${id}\``,
      article,
      String(defect ?? ''),
      label.en ?? '',
      alternatives.map((one) => `\`${one.id}\` ${one.what.en}`).join('; '),
      reason.en ?? '',
      question.en ?? '',
    ]),
  );

const place = ({ article, clause, point }: { article: string; clause?: string; point?: string }): string =>
  [article, clause, point].filter(Boolean).join('.');

const bulletins = (): string =>
  [
    table(
      ['bulletin', 'article', 'when', 'times in Hà Nội', 'more'],
      vietNamBulletins.bulletins.map((one) => [
        `\`${one.id}\` ${one.names.vi}`,
        `${place(one)}; ${place(one.scheduleAt)}`,
        one.cases.map(caseText).join(' **or** '),
        [
          ...(one.atOnce ? ['at once'] : []),
          ...(one.schedule.everyMinutes ? [`every ${one.schedule.everyMinutes} min`] : []),
          ...(one.schedule.monthDays
            ? [`days ${one.schedule.monthDays.join(', ')}`]
            : (one.schedule.times ?? [])),
          ...(one.schedule.everyDays ? [`every ${one.schedule.everyDays} days`] : []),
        ].join(', '),
        [
          one.interim?.en ? `extra ${one.interim.en}` : '',
          one.aheadMinutes ? `at least ${one.aheadMinutes} min ahead` : '',
        ]
          .filter(Boolean)
          .join('; '),
      ]),
    ),
    table(
      ['repeated by', 'article', 'bulletins', 'how', 'until'],
      vietNamBulletins.repeats.map((one) => [
        one.names.en ?? '',
        place(one),
        one.bulletins.join(', '),
        [
          one.first,
          ...(one.again ? [`${one.again.times} more, ${one.again.everyMinutes} min apart`] : []),
          ...(one.thenEveryMinutes ? [`then every ${one.thenEveryMinutes} min`] : []),
          ...(one.onTheHour ? ['on the hour'] : []),
          ...(one.alsoNextNews ? ['and in the next news'] : []),
          ...Object.entries(one.sessions ?? {}).map(([kind, count]) => `${count} ${kind}`),
        ].join(', '),
        one.until,
      ]),
    ),
    table(
      ['level', 'who commands', 'may', 'direction repeated', 'source'],
      vietNamBulletins.command.map((one) => [
        String(one.level),
        one.commands.en ?? '',
        one.may.en ?? '',
        `every ${one.directionEveryMinutes} min`,
        one.source,
      ]),
    ),
  ].join('\n\n');

const parts: Readonly<Record<string, () => string>> = {
  rules: () => vietNamHazards.tables.map(hazardText).join('\n\n'),
  choices,
  bulletins,
};

/** The page with its tables written anew between their marks. */
export function renewed(page: string): string {
  return Object.entries(parts).reduce((text, [name, write]) => {
    const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [from, to] = [text.indexOf(open), text.indexOf(close)];
    if (from < 0 || to < from) throw new Error(`the page has no marks for ${name}`);
    return `${text.slice(0, from + open.length)}\n\n${write()}\n\n${text.slice(to)}`;
  }, page);
}
