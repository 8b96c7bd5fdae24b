import process from 'node:process';
import {
  blastOrder404,
  type Contour,
  gaussianPlumeModel,
  type Position,
  plumeContour,
  poolFireTno,
  radialContour,
} from '@keng/consequences';
import { type Bench, median, rowOf } from '../bench.ts';

const origin: Position = [105.85, 21.03];

/** The inputs differ in every direction, so that each is searched anew; a circle needs one search only. */
const contours: readonly { readonly row: string; readonly draw: () => Contour }[] = [
  {
    row: 'cloud explosion, Order 404, 360 searches',
    draw: () =>
      radialContour(
        {
          model: blastOrder404,
          inputs: {
            fuelKg: 2000,
            heatOfCombustionJKg: 4.6e7,
            mode: 'deflagration',
            flameSpeedMS: 200,
            place: 'ground',
          },
          output: 'overpressureKpa',
          level: 14,
          origin,
        },
        (bearing) => ({ flameSpeedMS: 200 + bearing / 100 }),
      ),
  },
  {
    row: 'leaning pool fire, 360 searches',
    draw: () =>
      radialContour(
        {
          model: poolFireTno,
          inputs: {
            diameterM: 20,
            burningRateKgM2S: 0.055,
            airDensityKgM3: 1.2,
            windMS: 5,
            direction: 'downwind',
            airViscosityM2S: 1.5e-5,
            heatOfCombustionJKg: 4.37e7,
            radiantShare: 0.35,
            sootShare: 0.8,
          },
          output: 'heatFluxKwM2',
          level: 5,
          origin,
        },
        (bearing) => ({
          direction: bearing < 90 || bearing > 270 ? 'downwind' : 'upwind',
          transmissivity: 1 - bearing / 1000,
        }),
      ),
  },
  {
    row: 'plume, 360 points of its edge',
    draw: () =>
      plumeContour({
        model: gaussianPlumeModel,
        inputs: { massFlowKgS: 1, windMS: 3, stability: 'D', sigmaSet: 'briggs-rural' },
        output: 'concentrationKgM3',
        level: 1e-5,
        origin,
        windToDeg: 40,
      }),
  },
];

/** Processor time of this process: what a contour costs whatever else the machine does. */
export const consequencesBench: Bench = {
  name: 'consequences',
  title: 'Contours of 360 directions, processor time',
  run: async (context) => {
    for (const { row, draw } of contours) {
      if (draw().kind !== 'zone') throw new Error(`${row}: no zone was drawn`);
      const rounds = Array.from({ length: context.rounds }, () => {
        const until = performance.now() + (context.seconds * 1000) / context.rounds;
        const before = process.cpuUsage();
        let drawn = 0;
        for (; performance.now() < until; drawn += 1) draw();
        const { user, system } = process.cpuUsage(before);
        return (user + system) / 1000 / drawn;
      });
      context.row(rowOf(row, median(rounds), 'ms', { atMost: 10 }));
    }
  },
};
