import {
  crewsOut,
  type FacilityId,
  type IncidentId,
  type IncidentState,
  isFireAlarm,
  type JoinedSignal,
  type World,
  type ZoneState,
} from '@keng/model';
import { confirmByZones } from './confirm.ts';
import { foldSignals } from './fold.ts';
import type { FacilityFacts, HeardEvent } from './hear.ts';
import { openIncident } from './open-incident.ts';
import type { IncidentPolicy } from './policy.ts';
import { type Act, type Progress, record, unchanged } from './progress.ts';
import { wakeFromShelf } from './shelve.ts';
import { familyOf, lineOf, zoneKey } from './zones.ts';

/** Most signals that `incident.opened` and `incident.signals-joined` hold. */
const MOST_OPENING = 64;
const MOST_JOINED = 1_000;

/** Signals of one event at one facility. */
export interface Event {
  readonly facilityId: FacilityId;
  /** The incident they join; null: they open one. */
  readonly incident: IncidentState | null;
  readonly heard: readonly HeardEvent[];
}

interface Gathering {
  readonly facilityId: FacilityId;
  readonly incident: IncidentState | null;
  readonly openedAt: string;
  lastFireAt: string;
  readonly heard: HeardEvent[];
}

/**
 * Sorts what was heard into events. A fire signal joins the open incident of its facility when the last fire signal there is
 * not longer ago than the correlation window, or while crews are out; otherwise it opens one. Everything else joins what is
 * open and never opens: no fault and no test has ever been a fire.
 */
export function gatherEvents(
  heard: readonly HeardEvent[],
  open: readonly IncidentState[],
  policy: Pick<IncidentPolicy, 'correlationSeconds'>,
): Event[] {
  const byFacility = new Map<FacilityId, Gathering[]>();
  const gatheringsOf = (facilityId: FacilityId): Gathering[] => {
    const known = byFacility.get(facilityId) ?? [];
    byFacility.set(facilityId, known);
    return known;
  };
  for (const incident of open) gatheringsOf(incident.facility.id).push(gatheringOf(incident));
  for (const one of heard) {
    const gatherings = gatheringsOf(one.facilityId);
    const fire = isFireAlarm(one.event);
    const found = fire
      ? gatherings.findLast((gathering) => continues(gathering, one.at, policy.correlationSeconds))
      : gatherings.findLast((gathering) => one.at >= gathering.openedAt);
    if (found) {
      found.heard.push(one);
      if (fire && one.at > found.lastFireAt) found.lastFireAt = one.at;
    } else if (fire) {
      const { facilityId, at } = one;
      gatherings.push({ facilityId, incident: null, openedAt: at, lastFireAt: at, heard: [one] });
    }
  }
  return [...byFacility.values()].flat().filter((gathering) => gathering.heard.length > 0);
}

function gatheringOf(incident: IncidentState): Gathering {
  return {
    facilityId: incident.facility.id,
    incident,
    openedAt: incident.openedAt,
    lastFireAt: incident.lastFireAt ?? incident.openedAt,
    heard: [],
  };
}

function continues(gathering: Gathering, at: string, windowSeconds: number): boolean {
  if (gathering.incident !== null && crewsOut(gathering.incident)) return true;
  return Date.parse(at) - Date.parse(gathering.lastFireAt) <= windowSeconds * 1000;
}

export interface Correlation {
  readonly world: World;
  readonly policy: IncidentPolicy;
  readonly facilities: ReadonlyMap<FacilityId, FacilityFacts>;
  readonly newId: () => IncidentId;
  readonly nextNumber: () => number;
}

/** Opens an incident, or adds to one, and confirms it by what its zones prove. */
export function correlate(event: Event, correlation: Correlation, act: Act): Progress {
  const zones = event.incident?.zones ?? [];
  const { signals, repeats } = foldSignals(zones, joinedSignals(zones, event.heard));
  let progress: Progress;
  let rest = signals;
  if (event.incident === null) {
    progress = openIncident(
      { ...opening(event, correlation), signals: signals.slice(0, MOST_OPENING) },
      correlation.policy,
    );
    rest = signals.slice(MOST_OPENING);
  } else {
    progress = wakeFromShelf(unchanged(event.incident), act);
  }
  for (let at = 0; at < Math.max(rest.length, repeats.length); at += MOST_JOINED) {
    const body = { signals: rest.slice(at, at + MOST_JOINED), repeats: repeats.slice(at, at + MOST_JOINED) };
    progress = record(progress, 'incident.signals-joined', body, act);
  }
  return confirmByZones(progress, signals, act);
}

function opening(event: Event, correlation: Correlation) {
  const facts = correlation.facilities.get(event.facilityId);
  // The entry is set aside and shown: an alarm of a building that the register does not hold has nobody to go to.
  if (facts === undefined)
    throw new Error(`the register holds no facility ${event.facilityId}: its alarm opened nothing`);
  return {
    world: correlation.world,
    id: correlation.newId(),
    number: correlation.nextNumber(),
    facility: facts.summary,
    responsible: facts.responsible,
  };
}

function joinedSignals(zones: readonly ZoneState[], heard: readonly HeardEvent[]): JoinedSignal[] {
  const lines = new Map<string, ZoneState | null>(zones.map((zone) => [zoneKey(zone), zone]));
  return heard.map(({ signalId, transmitterId, zone, event, at }) => {
    const line = lineOf(lines, zone, transmitterId);
    const signal: JoinedSignal = {
      signalId,
      transmitterId,
      zone: line.zone,
      zoneLabel: line.label,
      family: familyOf(event, zone.kind),
      class: event.class,
      at,
    };
    if (!lines.has(zoneKey(signal))) lines.set(zoneKey(signal), null);
    return signal;
  });
}
