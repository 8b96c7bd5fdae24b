import { defineMethod, type MethodOutcome, type MethodWarning } from './method.ts';

/** Salinity at a station of an estuary. */
export interface SalinityStation {
  readonly name: string;
  readonly distanceFromMouthKm: number;
  readonly salinityGL: number;
}

export interface SaltLine {
  readonly distanceFromMouthKm: number;
  readonly between: readonly [string, string];
}

export const saltLineMethod = defineMethod({
  id: 'water.salt-line',
  title: 'Distance of a salinity (4 or 1 per mille) from the river mouth',
  source:
    'interpolation between neighbouring stations, straight or by the logarithm of salinity; Decision 18/2021 Art. 49 asks for the distance',
  check: 'by hand and properties',
  range:
    'between the first and the last station only; per mille taken as g/L; where the salinity falls and rises again, the farthest crossing counts',
  quantities: {
    distanceFromMouthKm: { unit: 'km', what: 'distance from the mouth', minimum: 0, maximum: 500 },
    salinityGL: { unit: 'g/L', what: 'salinity', minimum: 0, maximum: 45 },
    limitGL: { unit: 'g/L', what: 'salinity of the line', minimum: 0.1, maximum: 35 },
  },
});

/**
 * How far inland the line lies. Beyond the last station, or seaward of the first, there is no distance: the answer
 * names the station and its distance as the bound.
 */
export function saltLine(
  stations: readonly SalinityStation[],
  limitGL: number,
  interpolation: 'straight' | 'logarithmic' = 'straight',
): MethodOutcome<SaltLine> {
  const method = saltLineMethod;
  const refused = method.refusal({ limitGL });
  if (refused) return refused;
  if (stations.length > 10_000) return method.invalid('stations', 'too-large', 'more than 10,000 stations');
  for (const { name, distanceFromMouthKm, salinityGL } of stations) {
    const wrong = method.refusal({ distanceFromMouthKm, salinityGL }, name);
    if (wrong) return wrong;
  }
  const sorted = [...stations].sort((a, b) => a.distanceFromMouthKm - b.distanceFromMouthKm);
  const twice = sorted.find(
    (one, index) => one.distanceFromMouthKm === sorted[index + 1]?.distanceFromMouthKm,
  );
  if (twice)
    return method.invalid('distanceFromMouthKm', 'duplicate', 'two stations at one distance', twice.name);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last || sorted.length < 2)
    return method.missing('stations', 'at least two stations are needed');
  if (last.salinityGL >= limitGL)
    return method.outside(
      'distanceFromMouthKm',
      last.distanceFromMouthKm,
      { unit: 'km', maximum: last.distanceFromMouthKm },
      'beyond the last station: it still has the salinity',
      last.name,
    );
  const seaward = sorted.findLastIndex(({ salinityGL }) => salinityGL >= limitGL);
  const [from, to] = [sorted[seaward], sorted[seaward + 1]];
  if (!from || !to)
    return method.outside(
      'distanceFromMouthKm',
      first.distanceFromMouthKm,
      { unit: 'km', minimum: first.distanceFromMouthKm },
      'seaward of the first station: no station has the salinity',
      first.name,
    );
  const share = shareBetween(from.salinityGL, to.salinityGL, limitGL, interpolation);
  return method.result(
    {
      distanceFromMouthKm:
        from.distanceFromMouthKm + share * (to.distanceFromMouthKm - from.distanceFromMouthKm),
      between: [from.name, to.name],
    },
    crossings(sorted, limitGL),
  );
}

function shareBetween(from: number, to: number, limit: number, interpolation: string): number {
  // A station without any salt has no logarithm; the line is straight there.
  if (interpolation === 'straight' || to <= 0) return (from - limit) / (from - to);
  return Math.log(from / limit) / Math.log(from / to);
}

function crossings(sorted: readonly SalinityStation[], limit: number): readonly MethodWarning[] {
  const count = sorted.filter(
    (one, index) => index > 0 && one.salinityGL >= limit !== Number(sorted[index - 1]?.salinityGL) >= limit,
  ).length;
  return count > 1
    ? [{ code: 'several-crossings', text: `The line is crossed ${count} times; the farthest counts.` }]
    : [];
}
