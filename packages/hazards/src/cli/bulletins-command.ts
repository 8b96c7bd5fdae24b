import {
  type AttributeValue,
  type BulletinRules,
  bulletinsDue,
  commandAt,
  type DueBulletin,
  type Issued,
  type UndecidedBulletin,
} from '../levels/index.ts';
import { type Countries, countryOf } from './countries.ts';
import { named, referenceText } from './country-text.ts';
import { type Answer, option, UsageError, type Words } from './words.ts';

/** `bulletins --time NOW cyclone=storm ...`: what the law expects in a situation; `bulletins --level 3`: who commands. */
export function bulletinsCommand(words: Words, countries: Countries): Answer {
  const { bulletins } = countryOf(words, countries);
  if (!bulletins) throw new UsageError('this country has no bulletins');
  const level = option(words, 'level');
  return level === undefined
    ? expectedBulletins(bulletins, words)
    : whoCommands(bulletins, Number(level), words);
}

function whoCommands(bulletins: BulletinRules, level: number, words: Words): Answer {
  const command = commandAt(bulletins, level);
  if (!command) throw new UsageError(`--level ${option(words, 'level')}: nobody is named for it`);
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

function expectedBulletins(bulletins: BulletinRules, words: Words): Answer {
  const now = option(words, 'time');
  if (now === undefined || !Number.isFinite(Date.parse(now)))
    throw new UsageError('--time wants the instant to look from, such as 2026-09-06T00:00:00Z');
  const due = bulletinsDue(bulletins, situationOf(bulletins, words), now, issuedOf(bulletins, words));
  return {
    json: due,
    text:
      due.length === 0 ? 'no bulletin is expected' : due.map((one) => expectedText(one, words)).join('\n'),
    given: due.length > 0,
  };
}

function situationOf(bulletins: BulletinRules, words: Words): Readonly<Record<string, AttributeValue>> {
  const situation: Record<string, AttributeValue> = {};
  for (const [name, text] of Object.entries(words.inputs)) {
    const fact = Object.hasOwn(bulletins.facts, name) ? bulletins.facts[name] : undefined;
    if (!fact) throw new UsageError(`a situation is described by ${Object.keys(bulletins.facts).join(', ')}`);
    if (fact.words ? !fact.words.includes(text) : !Number.isFinite(Number(text)))
      throw new UsageError(`${name} must be ${fact.words?.join(' or ') ?? `a number in ${fact.unit}`}`);
    situation[name] = fact.words ? text : Number(text);
  }
  return situation;
}

function issuedOf(bulletins: BulletinRules, words: Words): Issued {
  return Object.fromEntries(
    (words.options.issued ?? []).map((text) => {
      const [id = '', at = ''] = text.split('@');
      if (!bulletins.bulletins.some((one) => one.id === id) || !Number.isFinite(Date.parse(at)))
        throw new UsageError('--issued wants BULLETIN@INSTANT');
      return [id, at];
    }),
  );
}

function expectedText(one: DueBulletin | UndecidedBulletin, words: Words): string {
  const head = `${one.bulletin.id}: ${named(one.bulletin.names, words)} [${referenceText(one.bulletin)}]`;
  if (one.kind === 'cannot-be-told') return `${head}: cannot be told, needs ${one.needs.join(', ')}`;
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
}
