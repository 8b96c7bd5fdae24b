import {
  isFireAlarm,
  type JoinedSignal,
  type SignalEvent,
  type SignalFamily,
  type TransmitterId,
  WHOLE_PANEL,
  type Zone,
  type ZoneKind,
  type ZoneState,
} from '@keng/model';

/** A zone as the register and the panel together know it. */
export interface HeardZone {
  readonly number: string;
  readonly label: string | null;
  /** null: the register does not know it. It alarms with its number all the same. */
  readonly kind: ZoneKind | null;
}

const NO_ZONE: HeardZone = { number: WHOLE_PANEL, label: null, kind: null };

/**
 * Finds a zone in the register: as the panel said it, else without leading zeros, for panels say "003" where people
 * registered "3". Contact ID writes 000 for "no zone in particular" (SIA DC-05-1999.09).
 */
export function hearZone(zones: readonly Zone[], said: string | null): HeardZone {
  if (said === null || said === '') return NO_ZONE;
  const exact = zones.find((zone) => zone.number === said);
  const known = exact ?? zones.find((zone) => plainNumber(zone.number) === plainNumber(said));
  if (known) return { number: known.number, label: known.label, kind: known.kind };
  return /^0+$/.test(said) ? NO_ZONE : { number: said, label: null, kind: null };
}

function plainNumber(number: string): string {
  return number.replace(/^0+(?=.)/, '');
}

const FAMILY_OF_KIND: Partial<Record<ZoneKind, SignalFamily>> = {
  smoke: 'smoke',
  heat: 'heat',
  flame: 'flame',
  manual: 'manual',
  sprinkler: 'sprinkler',
  gas: 'gas',
  aspirating: 'smoke',
  beam: 'smoke',
};

/**
 * What spoke: most panels say "fire" whatever it was, then the register knows better. A call point or a flow switch in the
 * register stays one whatever the panel calls it.
 */
export function familyOf(event: Pick<SignalEvent, 'family' | 'class'>, kind: ZoneKind | null): SignalFamily {
  if (!isFireAlarm(event) || kind === null) return event.family;
  if (event.family !== 'fire' && kind !== 'manual' && kind !== 'sprinkler') return event.family;
  return FAMILY_OF_KIND[kind] ?? event.family;
}

/** Signals of a zone beyond this many lines are counted on one line: a panel that invents zones does not fill the screen. */
export const MOST_ZONES = 500;
const OTHER_ZONES = '…';

/** The line of an incident that a signal belongs to. */
export function lineOf(
  zones: ReadonlyMap<string, ZoneState | null>,
  zone: HeardZone,
  transmitterId: TransmitterId,
): { readonly zone: string; readonly label: string | null } {
  const full = zones.size >= MOST_ZONES && !zones.has(zoneKey({ transmitterId, zone: zone.number }));
  return full ? { zone: OTHER_ZONES, label: null } : { zone: zone.number, label: zone.label };
}

export function zoneKey(line: Pick<JoinedSignal, 'transmitterId' | 'zone'>): string {
  return `${line.transmitterId ?? ''}/${line.zone}`;
}
