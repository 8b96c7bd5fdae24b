import {
  isFireAlarm,
  type JoinedSignal,
  restoresZone,
  type SignalClass,
  speaksForZone,
  type ZoneCount,
  type ZoneState,
} from '@keng/model';
import { zoneKey } from './zones.ts';

/** What a batch adds to an incident: signals that change a line, and how often known lines spoke besides. */
export interface Folded {
  readonly signals: readonly JoinedSignal[];
  readonly repeats: readonly ZoneCount[];
}

/**
 * Folds a batch of signals into at most three signals for each zone (its first, its gravest alarm, its last restore) and a
 * count. A detector that chatters a thousand times in a batch costs what one that spoke once costs, and nothing is lost of
 * what the line shows: gravest class, in alarm or restored, first and last time, count.
 */
export function foldSignals(known: readonly ZoneState[], heard: readonly JoinedSignal[]): Folded {
  const lines = new Map(known.map((zone) => [zoneKey(zone), zone]));
  const groups = new Map<string, JoinedSignal[]>();
  for (const signal of heard) {
    const key = zoneKey(signal);
    const group = groups.get(key);
    if (group) group.push(signal);
    else groups.set(key, [signal]);
  }
  const telling = new Set<JoinedSignal>();
  const repeats: ZoneCount[] = [];
  for (const [key, group] of groups) {
    const chosen = tellingSignals(lines.get(key), group);
    for (const signal of chosen) telling.add(signal);
    const rest = group.filter((signal) => !chosen.has(signal));
    const count = countOf(rest);
    if (count) repeats.push(count);
  }
  return { signals: heard.filter((signal) => telling.has(signal)), repeats };
}

function tellingSignals(
  line: ZoneState | undefined,
  group: readonly JoinedSignal[],
): ReadonlySet<JoinedSignal> {
  const chosen = new Set<JoinedSignal>();
  const first = group[0];
  if (first === undefined) return chosen;
  if (line === undefined) chosen.add(first);
  const before = line ?? first;
  const alarm =
    group.findLast((one) => isFireAlarm(one) && one.class === 'alarm') ?? group.findLast(isFireAlarm);
  const spoke = alarm ?? group.findLast((one) => speaksForZone(before, one));
  const wasRestored = line !== undefined && line.restoredAt !== null;
  if (spoke && (wasRestored || changesLine(before, spoke))) chosen.add(spoke);
  const lineClass = alarm?.class ?? before.class;
  // Once a line is in alarm only fire speaks for it.
  const lastSpoke = group.findLastIndex((one) => (alarm ? isFireAlarm(one) : speaksForZone(before, one)));
  const restore = freshRestore(group, lastSpoke, lineClass, line?.lastAt ?? '');
  if (restore && (lastSpoke >= 0 || !wasRestored)) chosen.add(restore);
  return chosen;
}

/** The first restore after the line last spoke. One older than what is known already ends nothing: it came by a slower lane. */
function freshRestore(
  group: readonly JoinedSignal[],
  lastSpoke: number,
  lineClass: SignalClass,
  knownAt: string,
): JoinedSignal | undefined {
  let latest = knownAt;
  for (const [index, one] of group.entries()) {
    if (index > lastSpoke && one.at >= latest && restoresZone(lineClass, one.class)) return one;
    if (one.at > latest) latest = one.at;
  }
  return undefined;
}

function changesLine(line: Pick<ZoneState, 'family' | 'class'>, alarm: JoinedSignal): boolean {
  if (!isFireAlarm(alarm) || (line.class === 'alarm' && alarm.class !== 'alarm')) return false;
  return line.class !== alarm.class || line.family !== alarm.family;
}

function countOf(signals: readonly JoinedSignal[]): ZoneCount | null {
  const first = signals[0];
  if (first === undefined) return null;
  const fire = signals.filter(isFireAlarm);
  return {
    ...(first.transmitterId === undefined ? {} : { transmitterId: first.transmitterId }),
    zone: first.zone,
    count: signals.length,
    lastAt: latest(signals, first.at),
    ...(fire[0] === undefined ? {} : { lastFireAt: latest(fire, fire[0].at) }),
  };
}

function latest(signals: readonly JoinedSignal[], known: string): string {
  return signals.reduce((last, { at }) => (at > last ? at : last), known);
}
