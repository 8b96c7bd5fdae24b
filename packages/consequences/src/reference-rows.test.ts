import { describe, expect, it } from 'vitest';
import { modelOf, models } from './index.ts';
import { readReference, referencePresent, referenceRows, rowFiles } from './testing/reference.ts';
import { valueOfRow, withinTolerance } from './testing/row-values.ts';

describe.skipIf(!referencePresent)('rows of shared/data/consequences', () => {
  for (const file of rowFiles()) {
    it(`every row of ${file} comes out within its tolerance`, () => {
      const rows = referenceRows().filter((row) => row.file === file);
      expect(rows.length).toBeGreaterThan(0);
      const wrong = rows
        .map((row) => ({ row, value: valueOfRow(row) }))
        .filter(({ row, value }) => !withinTolerance(row, value))
        .map(({ row, value }) => `${row.id}: ${value}, expected ${row.expected}`);
      expect(wrong).toEqual([]);
    });
  }

  it('every row agrees with the independent code to half a per mille, or its reason is known', () => {
    // Table 18 is asked in W/m², the independent code asks it in kW/m²: the published constants differ in the last digit.
    const wrong = referenceRows()
      .filter((row) => !row.id.startsWith('osd18'))
      .map((row) => ({ row, value: valueOfRow(row) }))
      .filter(({ row, value }) => Math.abs(value - row.computed) > 5e-4 * Math.abs(row.computed))
      .map(({ row }) => row.id);
    expect(wrong).toEqual([]);
  });

  it('the ideal point source bounds the fits of strong blasts where they are used', () => {
    const { rows } = readReference('blast_ips_samples.json') as {
      readonly rows: readonly { readonly lambda_: number; readonly overpressure_ratio: number }[];
    };
    // lambda = r/(E/p0)^(1/3): with E = p0 the distance is lambda itself.
    const energy = 101_325;
    const detonation = (lambda: number) => {
      const outcome = modelOf('blast.order-404')?.run({
        fuelKg: 1,
        heatOfCombustionJKg: energy,
        mode: 'gas-detonation',
        place: 'air',
        flameSpeedMS: 500,
        distanceM: lambda,
      });
      return outcome?.kind === 'result' ? (outcome.outputs.overpressureKpa ?? 0) / 101.325 : undefined;
    };
    const seen: number[] = [];
    for (const { lambda_: lambda, overpressure_ratio: ideal } of rows) {
      const value = detonation(lambda);
      if (lambda < 0.34 || lambda > 24) {
        expect(value).toBeUndefined();
        continue;
      }
      seen.push(lambda);
      const ratio = (value ?? 0) / ideal;
      expect(ratio).toBeGreaterThan(0.4);
      // From about 6 on the fit lies above the ideal source: the beginning of its false rise.
      expect(ratio).toBeLessThan(lambda <= 5 ? 1 : 3);
    }
    expect(seen.length).toBeGreaterThan(8);
    const tnt = modelOf('blast.kinney-graham');
    for (const { lambda_: lambda, overpressure_ratio: ideal } of rows.filter(
      ({ lambda_ }) => lambda_ >= 0.5 && lambda_ <= 20,
    )) {
      const outcome = tnt?.run({ tntKg: energy / 4.68e6, distanceM: lambda });
      const ratio = outcome?.kind === 'result' ? (outcome.outputs.overpressureKpa ?? 0) / 101.325 / ideal : 0;
      expect(ratio).toBeGreaterThan(0.8);
      expect(ratio).toBeLessThan(1.4);
    }
  });
});

describe('examples of the models', () => {
  for (const model of models) {
    for (const [index, example] of model.examples.entries()) {
      it(`${model.id} ${index + 1}: ${example.source}`, () => {
        const outcome = model.run(example.inputs);
        expect(outcome.kind).toBe('result');
        const value = outcome.kind === 'result' ? outcome.outputs[example.output] : undefined;
        expect(Math.abs((value ?? Number.NaN) / example.expected - 1)).toBeLessThanOrEqual(example.tolerance);
      });
    }
  }
});
