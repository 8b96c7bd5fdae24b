import { randomBytes } from 'node:crypto';
import {
  BEFORE_EVERY_ID,
  type Contact,
  type FacilityId,
  type FacilityState,
  type FacilitySummary,
  type OrganisationCode,
  type Transmitter,
  type TransmitterId,
  type TransmitterPath,
  type World,
  type Zone,
} from '@keng/model';
import type { Queryable } from '../platform/index.ts';
import { openSecret, SealBroken } from './key-vault.ts';

/** A transmitter as a receiver keeps it in memory. */
export interface LoadedTransmitter {
  readonly id: TransmitterId;
  readonly protocol: Transmitter['protocol'];
  readonly account: string;
  readonly facilityId: FacilityId;
  readonly organisation: OrganisationCode;
  readonly zones: readonly Zone[];
  readonly reportingSeconds: number | null;
  /** Ways to the centre, the primary first; empty: nothing is known of them. */
  readonly paths: readonly TransmitterPath[];
  /** AES key; null: it speaks plain. */
  readonly key: Uint8Array | null;
}

interface TransmitterRow {
  readonly id: TransmitterId;
  readonly protocol: Transmitter['protocol'];
  readonly account: string;
  readonly facility: FacilityId;
  readonly organisation: OrganisationCode;
  readonly zones: readonly Zone[];
  readonly reporting_seconds: number | null;
  readonly paths: readonly TransmitterPath[] | null;
  readonly sealed: Buffer | null;
}

export interface TransmitterPages {
  readonly world: World;
  /** Opens keys; see key-vault.ts. */
  readonly kek: Uint8Array;
  /** Told of each key that does not open; its device is refused, and no other. */
  readonly onBrokenKey?: (broken: SealBroken) => void;
}

const PAGE = 2_000;
const SELECT = `select t.id, t.protocol, t.account, t.facility, t.organisation, t.zones, t.reporting_seconds, t.paths,
    k.sealed
  from transmitter t left join transmitter_key k on k.world = t.world and k.transmitter = t.id where t.world = $1`;

/** One page of all transmitters of a world, by id after `after`; an empty page is the end. As keng_receiver. */
export async function loadTransmitters(
  db: Queryable,
  options: TransmitterPages,
  after: TransmitterId | null = null,
  limit = PAGE,
): Promise<LoadedTransmitter[]> {
  const { rows } = await db.query<TransmitterRow>({
    name: 'transmitter-page',
    text: `${SELECT} and t.id > $2 order by t.id limit $3`,
    values: [options.world, after ?? BEFORE_EVERY_ID, limit],
  });
  return rows.map((row) => loadedOf(row, options));
}

/** The transmitters of some facilities as they are now; a facility without rows was removed. As keng_receiver. */
export async function loadTransmittersOf(
  db: Queryable,
  options: TransmitterPages,
  facilityIds: readonly FacilityId[],
): Promise<LoadedTransmitter[]> {
  const { rows } = await db.query<TransmitterRow>({
    name: 'transmitter-of',
    text: `${SELECT} and t.facility = any($2::uuid[]) order by t.id`,
    values: [options.world, facilityIds],
  });
  return rows.map((row) => loadedOf(row, options));
}

/** The transmitter with an account, for a device that registers between two loads. As keng_receiver. */
export async function findTransmitterByAccount(
  db: Queryable,
  options: TransmitterPages,
  protocol: Transmitter['protocol'],
  account: string,
): Promise<LoadedTransmitter | null> {
  const { rows } = await db.query<TransmitterRow>({
    name: 'transmitter-by-account',
    text: `${SELECT} and t.protocol = $2 and t.account = $3`,
    values: [options.world, protocol, account],
  });
  return rows[0] ? loadedOf(rows[0], options) : null;
}

/**
 * A key that does not open must neither stop the others nor let its device speak plain: a key that nobody has stands in its
 * place, so whatever the device says is refused, and shown.
 */
function keyOf(row: TransmitterRow, { world, kek, onBrokenKey }: TransmitterPages): Uint8Array | null {
  if (row.sealed === null) return null;
  try {
    return openSecret(kek, { world, transmitterId: row.id }, row.sealed);
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
    onBrokenKey?.(error);
    return randomBytes(16);
  }
}

function loadedOf(row: TransmitterRow, pages: TransmitterPages): LoadedTransmitter {
  return {
    id: row.id,
    protocol: row.protocol,
    account: row.account,
    facilityId: row.facility,
    organisation: row.organisation,
    zones: row.zones,
    reportingSeconds: row.reporting_seconds,
    paths: row.paths ?? [],
    key: keyOf(row, pages),
  };
}

/** What correlation and alerting need to know of a facility. */
export interface FacilityForAlarm {
  readonly summary: FacilitySummary;
  readonly organisation: OrganisationCode;
  readonly contacts: readonly Contact[];
  readonly transmitters: readonly Transmitter[];
  readonly removed: boolean;
}

/** Facilities by id in one query; removed ones too, for an alarm of a building that was just taken off is an alarm. */
export async function facilitySummaries(
  db: Queryable,
  world: World,
  ids: readonly FacilityId[],
): Promise<Map<FacilityId, FacilityForAlarm>> {
  const { rows } = await db.query<{ state: FacilityState }>({
    name: 'facility-summaries',
    text: 'select state from facility where world = $1 and id = any($2::uuid[])',
    values: [world, ids],
  });
  return new Map(rows.map(({ state }) => [state.id, forAlarm(state)]));
}

function forAlarm(state: FacilityState): FacilityForAlarm {
  const { id, name, address, category, position, managingLevel, areaCode, synthetic } = state;
  return {
    summary: { id, name, address, category, position, managingLevel, areaCode, synthetic },
    organisation: state.organisation,
    contacts: state.contacts,
    transmitters: state.transmitters,
    removed: state.removedAt !== null,
  };
}
