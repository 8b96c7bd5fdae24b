import { defineMethod, type MethodOutcome, type MethodRefusal } from './method.ts';

/** Heights at times, over a named datum. */
export interface WaterSeries {
  readonly datum: string;
  readonly points: readonly { readonly atMs: number; readonly heightM: number }[];
}

/** A surge is a difference and has no datum. */
export interface SurgeSeries {
  readonly points: readonly { readonly atMs: number; readonly heightM: number }[];
}

export interface TotalWater {
  readonly datum: string;
  readonly points: readonly {
    readonly atMs: number;
    readonly tideM: number;
    readonly surgeM: number;
    readonly totalM: number;
  }[];
  readonly highest: { readonly atMs: number; readonly totalM: number };
}

const hourMs = 3_600_000;
const mostPoints = 100_000;

export const totalWaterMethod = defineMethod({
  id: 'water.tide-and-surge',
  title: 'Total water level: predicted tide plus surge',
  source:
    'sum, as Decision 18/2021 Art. 43 counts it ("surge and tide"); straight between the points of the surge, times of the tide',
  check: 'by hand; water/noaa_coops_3.json: tide and rest added give the measured level again',
  range:
    'the tide is predicted by the caller (tables, or constituents); no interaction of tide and surge; surge known over the whole time, gaps of at most 6 h',
  quantities: {
    heightM: { unit: 'm', what: 'height', minimum: -30, maximum: 60 },
    atMs: { unit: 'ms', what: 'time' },
    gapHours: { unit: 'h', what: 'time between two points', minimum: 0, maximum: 6 },
  },
});

function pointsRefusal(points: WaterSeries['points'], name: string): MethodRefusal | undefined {
  if (points.length === 0) return totalWaterMethod.missing('heightM', `the ${name} has no points`, name);
  if (points.length > mostPoints)
    return totalWaterMethod.invalid('heightM', 'too-large', `more than ${mostPoints} points`, name);
  for (const [index, { atMs, heightM }] of points.entries()) {
    const where = `${name} ${index + 1}`;
    const wrong = totalWaterMethod.refusal({ atMs, heightM }, where);
    if (wrong) return wrong;
    const before = points[index - 1];
    if (!before) continue;
    if (atMs <= before.atMs)
      return totalWaterMethod.invalid('atMs', 'order', 'a point does not come after the one before', where);
    const far = totalWaterMethod.refusal({ gapHours: (atMs - before.atMs) / hourMs }, where);
    if (far) return far;
  }
  return undefined;
}

/** Tide plus surge at the times of the tide, over the datum that the answer must have. */
export function totalWaterLevel(
  tide: WaterSeries,
  surge: SurgeSeries,
  wantedDatum: string,
): MethodOutcome<TotalWater> {
  if (tide.datum !== wantedDatum)
    return totalWaterMethod.invalid(
      'datum',
      'datum-mismatch',
      `the tide is over ${tide.datum}, wanted is ${wantedDatum}; convert it with the offset of the station first`,
    );
  const refused = pointsRefusal(tide.points, 'tide') ?? pointsRefusal(surge.points, 'surge');
  if (refused) return refused;
  const [from, to] = [Number(surge.points[0]?.atMs), Number(surge.points.at(-1)?.atMs)];
  let next = 0;
  const points: TotalWater['points'][number][] = [];
  for (const [index, { atMs, heightM }] of tide.points.entries()) {
    if (atMs < from || atMs > to)
      return totalWaterMethod.outside(
        'atMs',
        atMs,
        { unit: 'ms', minimum: from, maximum: to },
        'the surge is not known at a time of the tide',
        `tide ${index + 1}`,
      );
    while (Number(surge.points[next]?.atMs) < atMs) next += 1;
    const surgeM = between(surge.points, next, atMs);
    points.push({ atMs, tideM: heightM, surgeM, totalM: heightM + surgeM });
  }
  const highest = points.reduce((a, b) => (b.totalM > a.totalM ? b : a));
  return totalWaterMethod.result({
    datum: wantedDatum,
    points,
    highest: { atMs: highest.atMs, totalM: highest.totalM },
  });
}

function between(points: SurgeSeries['points'], next: number, atMs: number): number {
  const to = points[next];
  const from = points[next - 1] ?? to;
  if (!to || !from) return Number.NaN;
  if (from === to || to.atMs === atMs) return to.heightM;
  return from.heightM + ((atMs - from.atMs) / (to.atMs - from.atMs)) * (to.heightM - from.heightM);
}

/** A height over another datum of the same station, by the offset that the station has published. */
export function overDatum(
  heightM: number,
  from: string,
  to: string,
  offsets: Readonly<Record<string, number>>,
): MethodOutcome<number> {
  const wrong = totalWaterMethod.refusal({ heightM });
  if (wrong) return wrong;
  if (from === to) return totalWaterMethod.result(heightM);
  const [a, b] = [from, to].map((datum) => (Object.hasOwn(offsets, datum) ? offsets[datum] : undefined));
  if (a === undefined || b === undefined)
    return totalWaterMethod.missing('datum', `no offset of ${a === undefined ? from : to} at this station`);
  return totalWaterMethod.result(heightM + a - b);
}
