import type { openClient } from '../../../server/src/platform/index.ts';

export type Session = Awaited<ReturnType<typeof openClient>>;
/** Says how long a piece of the filling took. */
export type Step = (what: string, work: () => Promise<unknown>) => Promise<void>;

/** Of forty entries, twelve are of one incident, one is a lost link; the others are what devices say all day. */
export const ENTRIES_AN_INCIDENT = 40;
export const OPEN_INCIDENTS = 60;

export interface Past {
  readonly entries: number;
  readonly incidents: number;
  readonly facilities: number;
  readonly desks: number;
  readonly beginning: Date;
  readonly until: Date;
}

// Properties by the number of an incident or a facility, as arrays of SQL.
export const CATEGORIES = `(array['school', 'market', 'hospital', 'karaoke'])`;
export const MODELS = `(array['Synthetic maker A1', 'Synthetic maker A2', 'Synthetic maker B1', 'Synthetic maker C1', 'Synthetic maker C2'])`;
export const CAUSES = `(array['dust', 'cooking', 'smoking', 'works', 'fault', 'malicious', 'accidental', 'test-not-announced', 'other'])`;
export const FAMILIES = `(array['smoke', 'smoke', 'smoke', 'heat', 'manual', 'fire'])`;

const idOf = (name: string, group: string): string =>
  `create function pg_temp.${name}(n bigint) returns uuid language sql immutable as
    $$ select ('00000000-0000-7000-${group}-' || lpad(to_hex(n), 12, '0'))::uuid $$;`;

/** Functions of a session: ids by number, time of the n-th entry in whole milliseconds, an instant as the log writes it. */
export const functionsSql = ({ beginning, until, entries }: Past): string => `
  ${idOf('facility_id', '8000')} ${idOf('incident_id', '9000')} ${idOf('transmitter_id', 'a000')}
  create function pg_temp.at_of(n bigint) returns timestamptz language sql stable as $$
    select '${beginning.toISOString()}'::timestamptz
      + floor(n * ${(until.getTime() - beginning.getTime()) / entries}::double precision) * interval '1 millisecond' $$;
  create function pg_temp.iso(at timestamptz) returns text language sql stable as $$
    select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$;`;
