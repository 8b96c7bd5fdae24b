import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beaufort, nesterovClass, vietNamNesterov, windOfBeaufort } from '@keng/hazards';
import { describe, expect, it } from 'vitest';
import { vietNamFireClasses, vietNamRainLimits } from './fire-danger.ts';
import { vietNamWindScale } from './wind-scale.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../../docs/hazards-indices.md'), 'utf8');

describe('classes of index P', () => {
  it.each([
    ['hue-33-2022', 0, 1],
    ['hue-33-2022', 5000, 1],
    ['hue-33-2022', 5000.5, 2],
    ['hue-33-2022', 10_001, 3],
    ['hue-33-2022', 15_001, 4],
    ['hue-33-2022', 20_000, 4],
    ['hue-33-2022', 20_001, 5],
    ['climate-institute', 1000, 1],
    ['climate-institute', 1001, 2],
    ['climate-institute', 2501, 3],
    ['climate-institute', 5001, 4],
    ['climate-institute', 10_001, 5],
  ])('%s: an index of %d is class %d', (id, index, expected) => {
    const table = vietNamFireClasses.find((one) => one.id === id);
    expect(table && nesterovClass(table, index)).toBe(expected);
  });

  it('stand on the page with their source', () => {
    for (const { id, upTo, source } of vietNamFireClasses) {
      const row = page.split('\n').find((line) => line.startsWith(`| \`${id}\``));
      for (const part of [source, ...upTo.map((limit) => `to ${limit}`)]) expect(row).toContain(part);
    }
  });
});

describe('rain limits of Huế', () => {
  const day = { temperatureC: 31, relativeHumidityPercent: 55 };
  it.each([
    ['hue-zone-1', '2026-04-01', 6.9, false],
    ['hue-zone-1', '2026-04-01', 7, true],
    ['hue-zone-1', '2026-06-01', 9.9, false],
    ['hue-zone-1', '2026-09-01', 5, true],
    ['hue-zone-2', '2026-05-01', 6.4, false],
    ['hue-zone-2', '2026-05-01', 6.5, true],
    ['hue-zone-2', '2026-08-01', 7.1, true],
  ])('%s on %s: %d mm start the sum again: %s', (id, date, rainMm, reset) => {
    const rainLimit = vietNamRainLimits.find((one) => one.id === id);
    expect(vietNamNesterov([{ date, ...day, rainMm }], rainLimit ? { rainLimit } : {})).toMatchObject({
      value: [{ reset }],
    });
  });

  it.each([
    ['hue-zone-3', '2026-04-01'],
    ['hue-zone-1', '2026-10-01'],
  ])('%s has no limit on %s: the month is named, no index is given', (id, date) => {
    const rainLimit = vietNamRainLimits.find((one) => one.id === id);
    expect(vietNamNesterov([{ date, ...day, rainMm: 0 }], rainLimit ? { rainLimit } : {})).toMatchObject({
      kind: 'missing-input',
      quantity: 'rainLimitMm',
      at: date,
    });
  });

  it('stand on the page', () => {
    for (const { id, mmOfMonth } of vietNamRainLimits) {
      const row = page.split('\n').find((line) => line.startsWith(`| \`${id}\``));
      for (const [month, mm] of Object.entries(mmOfMonth)) expect(row).toContain(`${month}: ${mm}`);
    }
  });
});

describe('the wind scale', () => {
  it.each([
    [38, 5],
    [39, 6],
    [49, 6],
    [50, 7],
    [61, 7],
    [62, 8],
    [74, 8],
    [75, 9],
    [88, 9],
    [89, 10],
    [102, 10],
    [103, 11],
    [117, 11],
    [118, 12],
    [133, 12],
    [134, 13],
    [149, 13],
    [150, 14],
    [166, 14],
    [167, 15],
    [183, 15],
    [184, 16],
    [300, 16],
  ])('%d km/h is %d', (windKmH, expected) => {
    expect(beaufort(windKmH, vietNamWindScale)).toMatchObject({ kind: 'result', value: expected });
  });

  it('stands on the page', () => {
    for (let number = 0; number <= 16; number += 1) {
      const { fromKmH, toKmH } = windOfBeaufort(number, vietNamWindScale) ?? {};
      expect(page).toContain(
        `| ${number} | ${toKmH === null ? `${fromKmH} and more` : `${fromKmH}-${toKmH}`} |`,
      );
    }
  });
});
