import { breaking } from '../constants.ts';
import { defineMethod, type MethodOutcome } from '../method.ts';

export const greenMethod = defineMethod({
  id: 'tsunami.green',
  title: 'Height of a long wave in shallower or narrower water (Green)',
  source:
    "Green's law: H2 = H1 (h1 / h2)^(1/4) (b1 / b2)^(1/2); breaking at 0.78 of the depth, McCowan (1894)",
  check: 'by hand and properties',
  range: 'slowly changing depth, no reflection, no friction, no run-up; not beyond breaking',
  quantities: {
    heightM: { unit: 'm', what: 'height in the deeper water', minimum: 0, maximum: 50 },
    depthM: { unit: 'm', what: 'depth there', minimum: 1, maximum: 11_000 },
    coastDepthM: { unit: 'm', what: 'depth at the coast', minimum: 0.5, maximum: 11_000 },
    widthRatio: { unit: '1', what: 'width there over width at the coast', minimum: 0.1, maximum: 20 },
  },
});

/** Height at the coastal depth, m. A wave that would break before is outside the range. */
export function greenHeight(wave: {
  readonly heightM: number;
  readonly depthM: number;
  readonly coastDepthM: number;
  /** Without it 1: the coast is straight. */
  readonly widthRatio?: number;
}): MethodOutcome<number> {
  const { heightM, depthM, coastDepthM, widthRatio = 1 } = wave;
  const refused = greenMethod.refusal({ heightM, depthM, coastDepthM, widthRatio });
  if (refused) return refused;
  const found = heightM * (depthM / coastDepthM) ** 0.25 * Math.sqrt(widthRatio);
  const most = breaking.share * coastDepthM;
  if (found > most)
    return greenMethod.outside(
      'heightAtCoastM',
      found,
      { unit: 'm', maximum: most },
      'the wave breaks before it gets there',
    );
  return greenMethod.result(found);
}
