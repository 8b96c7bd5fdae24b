/**
 * What is still open keeps its entries, however old: an incident with everything of its facility since it opened, works that mute, a link
 * that is lost, an outage, a question to a control room, a shift, a raised right that nobody has reviewed, an entry that waits for a person.
 * $1: world. Three temporary tables that end with the transaction.
 */
export const PROTECTED_PARTS = {
  subjects: `select id::text as subject from incident where world = W and status = 'open'
    union select id::text from works where world = W and ended_at is null
    union select id::text from raised_rights where world = W and reviewed_at is null
    union select id::text from outage where world = W and status = 'open'
    union select id::text from shift where world = W and ended_at is null
    union select id::text from duty_check where world = W and ended_at is null
    union select id::text from duty_check where world = W and state->>'absence' in ('open', 'claimed')
    union select transmitter::text from device_state where world = W and link = 'lost'`,
  facilities: `select facility, min(since) as since from (
      select facility, opened_at - interval '1 day' as since from incident where world = W and status = 'open'
      union all select facility, starts_at from works where world = W and ended_at is null) open group by facility`,
  positions: 'select position from set_aside where world = W and retried_at is null',
} as const;

/** A statement without parameters: `create table as` takes none. */
export function protectedSql(world: string): string {
  const fill = (sql: string): string => sql.replaceAll('= W', `= '${world}'`);
  return `drop table if exists kept_subject, kept_facility, kept_position;
    create temporary table kept_subject on commit drop as ${fill(PROTECTED_PARTS.subjects)};
    create temporary table kept_facility on commit drop as ${fill(PROTECTED_PARTS.facilities)};
    create temporary table kept_position on commit drop as ${fill(PROTECTED_PARTS.positions)};
    create index on kept_subject (subject);
    analyze kept_subject, kept_facility, kept_position`;
}
