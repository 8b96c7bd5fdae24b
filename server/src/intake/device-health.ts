import {
  type AnyEntry,
  applyDevice,
  type DeviceState,
  isDeviceLinkEntry,
  type TransmitterId,
  touchesHealth,
  type World,
} from '@keng/model';
import type { PoolClient } from 'pg';
import type { Consumer } from '../log/index.ts';

type DeviceEntry = Parameters<typeof applyDevice>[1];

interface Touched {
  state: DeviceState | null;
  organisation: string;
  changedAt: string;
}

/** Keeps the health of transmitters: open faults, link, last test. Alarms cost it nothing. */
export const deviceHealth: Consumer = {
  name: 'device-health',
  // A fold: a trouble and its restore must come in the order in which they are numbered.
  inOrder: true,
  kinds: ['signal.received', 'link.lost', 'link.restored', 'link.path-lost', 'link.path-restored'],
  // A storm brings thousands of them; one device more in a statement costs far less than one statement more.
  batch: 1_000,
  // Nobody waits for it: it goes after alarms, a few times a second.
  gapMs: 250,
  async handle(client, entries, { world }) {
    const touching = entries.filter(touchesDevice);
    if (touching.length === 0) return;
    const ids = [...new Set(touching.map((entry) => entry.body.transmitterId))];
    const devices = await load(client, world, ids);
    const changed = new Map<TransmitterId, Touched>();
    for (const entry of touching) {
      const { transmitterId } = entry.body;
      const before = devices.get(transmitterId)?.state ?? null;
      const state = applyDevice(before, entry);
      // A daily test that comes each minute says nothing new: no row is written for it.
      if (state === before) continue;
      const touched = { state, organisation: entry.organisation ?? '', changedAt: entry.at };
      devices.set(transmitterId, touched);
      changed.set(transmitterId, touched);
    }
    if (changed.size > 0) await save(client, world, changed);
  },
};

function touchesDevice(entry: AnyEntry): entry is DeviceEntry {
  if (entry.kind === 'signal.received') return touchesHealth(entry.body.events);
  return isDeviceLinkEntry(entry);
}

async function load(
  client: PoolClient,
  world: World,
  ids: readonly TransmitterId[],
): Promise<Map<TransmitterId, Touched>> {
  // No row lock: the cursor of this consumer is locked, and nobody else writes here.
  const { rows } = await client.query<{ state: DeviceState; organisation: string; changed_at: Date }>({
    name: 'device-load',
    text: 'select state, organisation, changed_at from device_state where world = $1 and transmitter = any($2::uuid[])',
    values: [world, ids],
  });
  return new Map(
    rows.map((row) => [
      row.state.transmitterId,
      { state: row.state, organisation: row.organisation, changedAt: row.changed_at.toISOString() },
    ]),
  );
}

async function save(
  client: PoolClient,
  world: World,
  devices: ReadonlyMap<TransmitterId, Touched>,
): Promise<void> {
  const rows = [...devices.values()].flatMap(({ state, organisation, changedAt }) =>
    state ? [{ state, organisation, changedAt }] : [],
  );
  await client.query({
    name: 'device-save',
    // One JSON text for all rows: as arrays of JSON texts each state would be escaped, unescaped and parsed apart.
    text: `insert into device_state (world, transmitter, facility, organisation, faults, link, changed_at, state)
      select $1, (state->>'transmitterId')::uuid, (state->>'facilityId')::uuid, organisation,
        jsonb_array_length(state->'faults') + coalesce(jsonb_array_length(state->'lostPaths'), 0), state->>'link', "changedAt", state
      from jsonb_to_recordset($2::jsonb) as device(state jsonb, organisation text, "changedAt" timestamptz)
      on conflict (world, transmitter) do update set facility = excluded.facility, organisation = excluded.organisation,
        faults = excluded.faults, link = excluded.link, changed_at = excluded.changed_at, state = excluded.state`,
    values: [world, JSON.stringify(rows)],
  });
}
