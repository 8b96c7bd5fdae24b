import type { World } from '@keng/model';
import type { PoolClient } from '../platform/index.ts';
import { Conditions } from './conditions.ts';
import { periodOf } from './period.ts';

/** What a question is narrowed to; both days count, in the country's time zone. */
export interface Asked {
  readonly from: string;
  readonly to: string;
  readonly area: string | null;
  readonly category: string | null;
  readonly cause: string | null;
}

/** Which sums may answer a question. */
export interface AskedScope {
  /** The session sees every organisation. */
  readonly everything: boolean;
  /** The sums of the country by month hold the answer: area or category may be asked for, not both. */
  readonly countryTimes: boolean;
  /** The same where a cause would narrow it. */
  readonly country: boolean;
}

/** Asks what the session may see: whoever sees a part of the country reads the days of that part. */
export async function scopeOf(client: PoolClient, asked: Asked): Promise<AskedScope> {
  const { rows } = await client.query<{ everything: boolean }>({
    name: 'numbers-scope',
    text: `select coalesce(current_setting('keng.scope', true) = '*', false) as everything`,
  });
  const everything = rows[0]?.everything ?? false;
  const countryTimes = everything && (asked.area === null || asked.category === null);
  return { everything, countryTimes, country: countryTimes && asked.cause === null };
}

// Each condition that is asked for is written out, so that the planner can choose the index of the narrowest.

/** Own organisations by an index; without this the policy alone would look at each row. */
const OWN = 'd.organisation = any ((select keng_seen_organisations())::text[])';

function addPlace(conditions: Conditions, asked: Asked, scope: AskedScope | null): void {
  conditions.addIf('d.area_code = ?', asked.area);
  conditions.addIf('d.category = ?', asked.category);
  if (scope !== null && !scope.everything) conditions.raw(OWN);
}

/** Every day of the period, of a daily table. */
export function inDays(
  world: World,
  asked: Asked,
  scope: AskedScope,
  values: unknown[],
  cause: string | null = null,
): string {
  const conditions = new Conditions(values);
  conditions.add('d.world = ?', world);
  conditions.addTwo('d.day between ?::date and ?::date', asked.from, asked.to);
  conditions.addIf('d.cause = ?', cause);
  addPlace(conditions, asked, scope);
  return conditions.text;
}

/** The days of the period that are beside its whole months, of a daily table. */
export function inRests(
  world: World,
  asked: Asked,
  values: unknown[],
  scope: AskedScope | null = null,
): string {
  const conditions = new Conditions(values);
  conditions.add('d.world = ?', world);
  const { rests } = periodOf(asked);
  const days = new Conditions(values);
  for (const { from, to } of rests) days.addTwo('d.day between ?::date and ?::date', from, to);
  conditions.raw(days.anyText);
  addPlace(conditions, asked, scope);
  return conditions.text;
}

/** Area and category of a sum of the country: empty stands for all. */
function addCell(conditions: Conditions, asked: Asked): void {
  conditions.add('d.area_code = ?', asked.area ?? '');
  conditions.add('d.category = ?', asked.category ?? '');
}

function addMonths(conditions: Conditions, asked: Asked): void {
  const { from, until } = periodOf(asked).months;
  conditions.addTwo('d.month >= ?::date and d.month < ?::date', from, until);
}

/** The whole months of the period, of a table of the country. */
export function inMonths(world: World, asked: Asked, values: unknown[]): string {
  const conditions = new Conditions(values);
  conditions.add('d.world = ?', world);
  addCell(conditions, asked);
  addMonths(conditions, asked);
  return conditions.text;
}

/** Every day of the period, of the table of the country by day. */
export function inCountryDays(world: World, asked: Asked, values: unknown[]): string {
  const conditions = new Conditions(values);
  conditions.add('d.world = ?', world);
  addCell(conditions, asked);
  conditions.addTwo('d.day between ?::date and ?::date', asked.from, asked.to);
  return conditions.text;
}

/** The whole months of the period, of the table that has facilities. */
export function inFacilityMonths(world: World, asked: Asked, scope: AskedScope, values: unknown[]): string {
  const conditions = new Conditions(values);
  conditions.add('d.world = ?', world);
  addMonths(conditions, asked);
  addPlace(conditions, asked, scope);
  return conditions.text;
}
