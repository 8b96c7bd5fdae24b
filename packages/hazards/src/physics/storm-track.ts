import { bearingDeg, distanceKm, type Position, placeBetween, placeQuantities } from './geodesy.ts';
import { defineMethod, type MethodOutcome } from './method.ts';

/** A known position of the centre. */
export interface TrackFix extends Position {
  /** Milliseconds since 1970 (UTC). */
  readonly atMs: number;
  /** Greatest mean wind, m/s; null where the source has none. */
  readonly windMS?: number | null;
  /** Radius of the wind that is asked about, km, where the source or a profile gives it. */
  readonly radiusKm?: number | null;
}

export interface TrackPoint extends Position {
  readonly atMs: number;
  readonly windMS: number | null;
  readonly radiusKm: number | null;
}

const hourMs = 3_600_000;
const mostFixes = 5000;
/** A centre that moves faster than this between fixes is a mistake of one of them. */
const fastestKmH = 200;

export const trackMethod = defineMethod({
  id: 'storm.track',
  title: 'Track between fixes, nearest distance of a place, arrival of a wind',
  source: 'great circle between fixes, linear in time; sphere of 6,371 km',
  check:
    'cyclone/ibtracs_2024_yagi.csv: a fix left out is found again within the distance stated in the test; properties',
  range:
    'between the first and the last fix only; wind and radius linear in time; no more than 12 h between fixes; the centre no faster than 200 km/h',
  quantities: {
    ...placeQuantities,
    atMs: { unit: 'ms', what: 'time' },
    windMS: { unit: 'm/s', what: 'greatest mean wind', minimum: 0, maximum: 120 },
    radiusKm: { unit: 'km', what: 'radius of the wind', minimum: 0, maximum: 1500 },
    gapHours: { unit: 'h', what: 'time between two fixes', minimum: 0, maximum: 12 },
    speedKmH: { unit: 'km/h', what: 'speed of the centre', minimum: 0, maximum: fastestKmH },
  },
});

function refusalOf(track: readonly TrackFix[]) {
  const first = track[0];
  if (!first) return trackMethod.missing('track', 'there is no fix');
  if (track.length > mostFixes)
    return trackMethod.invalid('track', 'too-large', `${track.length} fixes are more than ${mostFixes}`);
  let before: TrackFix | undefined;
  for (const [index, fix] of track.entries()) {
    const { latitudeDeg, longitudeDeg, atMs, windMS, radiusKm } = fix;
    const where = `fix ${index + 1}`;
    const refused = trackMethod.refusal(
      {
        latitudeDeg,
        longitudeDeg,
        atMs,
        ...(windMS == null ? {} : { windMS }),
        ...(radiusKm == null ? {} : { radiusKm }),
      },
      where,
    );
    if (refused) return refused;
    if (before) {
      const gapHours = (atMs - before.atMs) / hourMs;
      if (gapHours <= 0)
        return trackMethod.invalid('atMs', 'order', 'a fix does not come after the one before', where);
      const speedKmH = distanceKm(before, fix) / gapHours;
      const wrong = trackMethod.refusal({ gapHours, speedKmH }, where);
      if (wrong) return wrong;
    }
    before = fix;
  }
  return undefined;
}

function mixed(a: number | null | undefined, b: number | null | undefined, share: number): number | null {
  // At a fix its own value holds, even where the one before is not known.
  if (share === 1) return b ?? null;
  return a == null || b == null ? null : a + share * (b - a);
}

/** The point of a checked track at a time within it. */
function pointAt(track: readonly TrackFix[], atMs: number): TrackPoint {
  const next = track.findIndex((fix) => fix.atMs >= atMs);
  const to = track[next];
  const from = track[Math.max(0, next - 1)];
  if (!to || !from) throw new RangeError('the time is outside the track');
  const share = from === to ? 1 : (atMs - from.atMs) / (to.atMs - from.atMs);
  const { latitudeDeg, longitudeDeg } = share === 1 ? to : placeBetween(from, to, share);
  return {
    atMs,
    latitudeDeg,
    longitudeDeg,
    windMS: mixed(from.windMS, to.windMS, share),
    radiusKm: mixed(from.radiusKm, to.radiusKm, share),
  };
}

/** Where the centre was at a time, and its wind and radius if both neighbours have them. */
export function trackAt(track: readonly TrackFix[], atMs: number): MethodOutcome<TrackPoint> {
  const refused = refusalOf(track) ?? trackMethod.refusal({ atMs });
  if (refused) return refused;
  const [first, last] = [Number(track[0]?.atMs), Number(track.at(-1)?.atMs)];
  if (atMs < first || atMs > last)
    return trackMethod.outside(
      'atMs',
      atMs,
      { unit: 'ms', minimum: first, maximum: last },
      'the time is outside the track, which is not continued',
    );
  return trackMethod.result(pointAt(track, atMs));
}

export interface NearestApproach {
  readonly distanceKm: number;
  readonly atMs: number;
  /** Direction from the place to the centre at that time. */
  readonly bearingDeg: number;
}

/** Times at which a track is looked at: each fix, and steps of at most ten minutes between them. */
function times(track: readonly TrackFix[]): readonly number[] {
  const found: number[] = [];
  for (const [index, fix] of track.entries()) {
    const next = track[index + 1];
    found.push(fix.atMs);
    if (!next) continue;
    const steps = Math.ceil((next.atMs - fix.atMs) / (hourMs / 6));
    for (let step = 1; step < steps; step += 1)
      found.push(fix.atMs + (step * (next.atMs - fix.atMs)) / steps);
  }
  return found;
}

/** When and how near the centre passes a place. */
export function nearestApproach(track: readonly TrackFix[], place: Position): MethodOutcome<NearestApproach> {
  const { latitudeDeg, longitudeDeg } = place;
  const refused = refusalOf(track) ?? trackMethod.refusal({ latitudeDeg, longitudeDeg });
  if (refused) return refused;
  const far = (atMs: number) => distanceKm(place, pointAt(track, atMs));
  const looked = times(track);
  let best = 0;
  for (const [index, atMs] of looked.entries()) if (far(atMs) < far(Number(looked[best]))) best = index;
  let low = looked[Math.max(0, best - 1)] ?? 0;
  let high = looked[Math.min(looked.length - 1, best + 1)] ?? 0;
  // Between neighbours of the nearest step the distance has one minimum: thirds.
  while (high - low > 100) {
    const [a, b] = [low + (high - low) / 3, high - (high - low) / 3];
    if (far(a) <= far(b)) high = b;
    else low = a;
  }
  const atMs = [looked[best] ?? low, (low + high) / 2].reduce((a, b) => (far(a) <= far(b) ? a : b));
  return trackMethod.result({
    distanceKm: far(atMs),
    atMs,
    bearingDeg: bearingDeg(place, pointAt(track, atMs)),
  });
}

/** A time in which a place lies within the radius. */
export interface WindPeriod {
  readonly fromMs: number;
  readonly toMs: number;
  /** The place is within the radius at the first (or last) fix already: it may have begun earlier (end later). */
  readonly opensBefore: boolean;
  readonly openAfter: boolean;
}

/**
 * The times in which a wind blows at a place: those in which it lies within `radiusKm` of the centre. Every fix must
 * have its radius (from the bulletin, or of a profile); 0 means that the storm has no such wind there.
 */
export function windArrival(
  track: readonly TrackFix[],
  place: Position,
): MethodOutcome<readonly WindPeriod[]> {
  const { latitudeDeg, longitudeDeg } = place;
  const refused = refusalOf(track) ?? trackMethod.refusal({ latitudeDeg, longitudeDeg });
  if (refused) return refused;
  const bare = track.findIndex(({ radiusKm }) => radiusKm === undefined || radiusKm === null);
  if (bare >= 0) return trackMethod.missing('radiusKm', 'a fix has no radius of the wind', `fix ${bare + 1}`);
  const within = (atMs: number) => {
    const point = pointAt(track, atMs);
    const radius = Number(point.radiusKm);
    return radius > 0 && distanceKm(place, point) <= radius;
  };
  const looked = times(track);
  const periods: WindPeriod[] = [];
  let since: number | undefined;
  for (const [index, atMs] of looked.entries()) {
    const now = within(atMs);
    const before = looked[index - 1];
    if (now && since === undefined) since = before === undefined ? atMs : edge(within, before, atMs);
    if (!now && since !== undefined && before !== undefined) {
      periods.push(period(since, edge(within, before, atMs), looked));
      since = undefined;
    }
  }
  const last = looked.at(-1);
  if (since !== undefined && last !== undefined)
    periods.push({ ...period(since, last, looked), openAfter: true });
  return trackMethod.result(periods);
}

function period(fromMs: number, toMs: number, looked: readonly number[]): WindPeriod {
  return { fromMs, toMs, opensBefore: fromMs === looked[0], openAfter: false };
}

/** The time between two at which a condition changes, to a second. */
function edge(within: (atMs: number) => boolean, from: number, to: number): number {
  let [low, high] = [from, to];
  const start = within(low);
  while (high - low > 1000) {
    const middle = (low + high) / 2;
    if (within(middle) === start) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
