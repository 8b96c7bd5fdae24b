/**
 * Every table, and what keeps it from growing with the past. A new table is a line here, or the test beside it fails: whoever adds one has to
 * say what bounds it. `docs/operations.md` tells operators the same of those that grow.
 */
export const TABLE_BOUNDS: Readonly<Record<string, { readonly kind: BoundKind; readonly by: string }>> = {
  // What there is: as many rows as there are buildings, people, devices, machines.
  ...each('things', 'as many as there are of them', [
    'app_user',
    'area_set',
    'centre',
    'consumer_cursor',
    'contact_record',
    'credential',
    'desk_presence',
    'device_state',
    'facility',
    'facility_apart',
    'facility_match',
    'facility_search',
    'heard_mark',
    'heard_snapshot',
    'incident_counter',
    'keng_migration',
    'link_lost',
    'log_head',
    'numbers_transmitter',
    'open_finding',
    'organisation',
    'passkey',
    'probe_path',
    'provider_link',
    'push_subscription',
    'receiver_beat',
    'recovery_code',
    'sequencer_lane',
    'transmitter',
    'transmitter_key',
    'webhook',
    'world',
  ]),
  // Rows that go when they are over.
  archive_erasure: { kind: 'swept', by: 'the next `keng archive`' },
  desk_screen: { kind: 'swept', by: 'the proof of the desk (room/screens.ts)' },
  gateway_event: { kind: 'swept', by: 'the sender, after a day' },
  heard_batch: { kind: 'swept', by: 'the supervisor, after minutes' },
  log_in_failure: { kind: 'swept', by: 'each log-in' },
  log_in_step: { kind: 'swept', by: 'each log-in' },
  measurement: { kind: 'swept', by: 'days are dropped after 31 days' },
  measurement_last: { kind: 'swept', by: 'after 31 days of silence' },
  notify_job: { kind: 'swept', by: 'the sender, after 30 days' },
  numbers_link: { kind: 'swept', by: 'log.kept.faults, once the link is back (archive/sweep-old.ts)' },
  owner_link: { kind: 'swept', by: 'the sender, a day after it ended' },
  read_record: { kind: 'swept', by: 'months are dropped after 24 months' },
  session: { kind: 'swept', by: 'each log-in, after 30 days' },
  set_aside: { kind: 'swept', by: 'log.kept.routine after its retry (archive/sweep-old.ts)' },
  signal_seen: { kind: 'swept', by: 'the sequencer, after an hour' },
  storage_beat: { kind: 'swept', by: 'the web process, at once' },
  timer: { kind: 'swept', by: 'whoever runs it, in the transaction of its effect' },
  // The log: what `keng archive` takes out, by class.
  entry: { kind: 'archived', by: 'log.kept.*' },
  log_order: { kind: 'archived', by: 'with its entry' },
  seal: { kind: 'archived', by: 'with the first entry of its file' },
  // One row for each thing that happened, kept: a desk asks for it years later. These grow; they are small beside the log.
  ...each('grows', 'one row each, kept as a register', [
    'duty_check',
    'erasure',
    'facility_declaration',
    'facility_plan',
    'fire_plan',
    'incident',
    'inspection',
    'numbers_incident',
    'outage',
    'plan_file',
    'raised_rights',
    'self_inspection',
    'shift',
    'works',
  ]),
  log_archive: { kind: 'grows', by: 'one row a file: a month, or 500,000 entries' },
  ...each('grows', 'sums of a day or month: by area, category and maker, not by event', [
    'numbers_country_day',
    'numbers_country_link_month',
    'numbers_country_month',
    'numbers_country_time_month',
    'numbers_facility_month',
    'numbers_day',
    'numbers_facility_day',
    'numbers_link_day',
    'numbers_time_day',
  ]),
};

type BoundKind = 'things' | 'swept' | 'archived' | 'grows';

function each(
  kind: BoundKind,
  by: string,
  tables: readonly string[],
): Record<string, { readonly kind: BoundKind; readonly by: string }> {
  return Object.fromEntries(tables.map((table) => [table, { kind, by }]));
}
