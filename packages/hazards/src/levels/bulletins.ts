import { caseNeeds, type Facts } from './evaluate.ts';
import type { AttributeRule, Case, Reference, Words } from './rules.ts';
import { lastInstant, nextInstant, type Schedule } from './schedule.ts';

const minuteMs = 60_000;
/** How many repetitions are listed at most. */
const listed = 24;

/** A kind of bulletin: when it is issued, by whom, how often. */
export interface BulletinRule extends Reference {
  readonly id: string;
  readonly hazard: string;
  readonly names: Words;
  readonly issuer: string;
  /** The situations it is issued in. */
  readonly cases: readonly Case[];
  readonly schedule: Schedule;
  /** Where its times stand. */
  readonly scheduleAt: Reference;
  /** The first leaves as soon as the situation is there. */
  readonly atOnce?: true;
  /** Extra ones between the regular ones, and when. */
  readonly interim?: Words;
  /** At least so long before what it warns of. */
  readonly aheadMinutes?: number;
  /** It ends the series. */
  readonly final?: true;
}

export interface DeliveryRule extends Reference {
  /** Kinds of bulletin; without it every kind that no other rule names. */
  readonly bulletins?: readonly string[];
  readonly receivers: Words;
  /** 0: at once. */
  readonly withinMinutes: number;
}

export interface RepeatRule extends Reference {
  readonly medium: string;
  readonly names: Words;
  readonly bulletins: readonly string[];
  readonly first: 'at-once' | 'next-news' | 'on-the-hour';
  /** Sent again so often, so far apart, right after the first. */
  readonly again?: { readonly times: number; readonly everyMinutes: number };
  readonly thenEveryMinutes?: number;
  readonly onTheHour?: true;
  readonly alsoNextNews?: true;
  /** Sessions of radio a bulletin, by kind. */
  readonly sessions?: Readonly<Record<string, number>>;
  readonly until: 'once' | 'new-bulletin' | 'final-or-cancel' | 'final' | 'expires';
}

export interface CommandRule {
  readonly level: number;
  readonly commands: Words;
  readonly may: Words;
  readonly source: string;
  /** Government direction is repeated at least so often. */
  readonly directionEveryMinutes: number;
}

export interface BulletinRules {
  readonly source: string;
  readonly utcOffsetMinutes: number;
  /** The facts a situation is described by. */
  readonly facts: Readonly<Record<string, AttributeRule>>;
  readonly bulletins: readonly BulletinRule[];
  readonly deliveries: readonly DeliveryRule[];
  readonly repeats: readonly RepeatRule[];
  readonly command: readonly CommandRule[];
  readonly commandNote: Words;
}

export interface DueBulletin {
  readonly kind: 'due';
  readonly bulletin: BulletinRule;
  /** None came yet: it is due now. */
  readonly now: boolean;
  /** A regular one that should have come. */
  readonly overdueSince?: string;
  /** The next regular one, where it has times. */
  readonly next?: string;
  readonly delivery?: DeliveryRule;
  readonly repeats: readonly RepeatRule[];
}

export interface UndecidedBulletin {
  readonly kind: 'cannot-be-told';
  readonly bulletin: BulletinRule;
  readonly needs: readonly string[];
}

/** When the last bulletin of each kind was issued, ISO, by its id. */
export type Issued = Readonly<Record<string, string>>;

/**
 * The bulletins that the law expects in a situation: which, when next, to whom, how they are repeated. A kind of which
 * some facts are known and others decide is told as undecided; one of which nothing is known is left out.
 */
export function bulletinsDue(
  rules: BulletinRules,
  situation: Facts,
  now: string,
  issued: Issued = {},
): readonly (DueBulletin | UndecidedBulletin)[] {
  const nowMs = Date.parse(now);
  const found: (DueBulletin | UndecidedBulletin)[] = [];
  for (const bulletin of rules.bulletins) {
    const needs = caseNeeds(bulletin.cases, situation);
    if (needs === false) continue;
    if (needs !== true) {
      const names = new Set(bulletin.cases.flatMap((one) => Object.keys(one.when)));
      if ([...names].some((name) => situation[name] !== undefined))
        found.push({ kind: 'cannot-be-told', bulletin, needs });
      continue;
    }
    const last = issued[bulletin.id];
    const lastMs = last === undefined ? undefined : Date.parse(last);
    const { utcOffsetMinutes } = rules;
    const next = nextInstant(bulletin.schedule, nowMs, lastMs, utcOffsetMinutes);
    const overdue =
      lastMs === undefined ? undefined : lastInstant(bulletin.schedule, lastMs, nowMs, utcOffsetMinutes);
    const delivery =
      rules.deliveries.find((one) => one.bulletins?.includes(bulletin.id)) ??
      rules.deliveries.find((one) => one.bulletins === undefined);
    found.push({
      kind: 'due',
      bulletin,
      now: lastMs === undefined,
      ...(overdue !== undefined && { overdueSince: new Date(overdue).toISOString() }),
      ...(next !== undefined &&
        !(bulletin.final && lastMs !== undefined) && { next: new Date(next).toISOString() }),
      ...(delivery && { delivery }),
      repeats: rules.repeats.filter((one) => one.bulletins.includes(bulletin.id)),
    });
  }
  return found;
}

/**
 * When a medium sends a bulletin it received: the instants up to `until`, at most 24. A rule that begins with the next
 * news needs to be told when that is.
 */
export function sendings(
  rule: RepeatRule,
  received: string,
  until: string,
  options: { readonly utcOffsetMinutes: number; readonly nextNews?: string },
): readonly string[] {
  const receivedMs = Date.parse(received);
  const untilMs = Date.parse(until);
  const news = options.nextNews === undefined ? undefined : Date.parse(options.nextNews);
  const hour = 60 * minuteMs;
  const offsetMs = options.utcOffsetMinutes * minuteMs;
  const onTheHour = (ms: number) => Math.ceil((ms + offsetMs) / hour) * hour - offsetMs;
  const first = { 'at-once': receivedMs, 'next-news': news, 'on-the-hour': onTheHour(receivedMs) }[
    rule.first
  ];
  const times: number[] = [];
  if (first !== undefined) {
    times.push(first);
    for (let at = 1; at <= (rule.again?.times ?? 0); at += 1)
      times.push(first + at * (rule.again?.everyMinutes ?? 0) * minuteMs);
    if (rule.thenEveryMinutes !== undefined) {
      const step = rule.thenEveryMinutes * minuteMs;
      const last = times.at(-1) ?? first;
      let at = rule.onTheHour && rule.first !== 'on-the-hour' ? onTheHour(last + 1) : last + step;
      for (; at <= untilMs && times.length < listed; at += step) times.push(at);
    }
  }
  if (rule.alsoNextNews && news !== undefined) times.push(news);
  return times
    .filter((at) => at <= untilMs)
    .sort((a, b) => a - b)
    .map((at) => new Date(at).toISOString());
}

/** Who commands at a level, and how often direction from above is repeated. */
export function commandAt(rules: BulletinRules, level: number): CommandRule | undefined {
  return rules.command.find((one) => one.level === level);
}
