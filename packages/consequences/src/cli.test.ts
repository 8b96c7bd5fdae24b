import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import process from 'node:process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { main } from './cli.ts';

function run(...args: string[]): { readonly code: number; readonly out: string; readonly error: string } {
  let [out, error] = ['', ''];
  const code = main(args, {
    out: (text) => {
      out += text;
    },
    error: (text) => {
      error += text;
    },
  });
  return { code, out, error };
}

describe('consequences', () => {
  it('runs a model, readable and as JSON', () => {
    const words = ['run', 'fireball.gost-98', 'massKg=254000', 'distanceM=500'];
    const text = run(...words);
    expect(text.code).toBe(0);
    expect(text.out).toContain('fireball.gost-98  [gost-98, 1998]');
    expect(text.out).toMatch(/heatFluxKwM2\s+12\.9 kW\/m²/);
    expect(JSON.parse(run(...words, '--json').out)).toMatchObject({
      kind: 'result',
      outputs: { heatFluxKwM2: expect.closeTo(12.9, 1) },
    });
  });

  it('outside the range it says what, and exits with 1', () => {
    const { code, out } = run('run', 'transmissivity.wayne', 'temperatureK=320', 'pathM=100', 'humidity=0.5');
    expect(code).toBe(1);
    expect(out).toContain('OUTSIDE RANGE: temperatureK = 320 K, valid: 253 ≤ x ≤ 303');
  });

  it('draws contours as GeoJSON, and says for which level there is none', () => {
    const cloud = [
      'contour',
      'blast.order-404',
      'fuelKg=2000',
      'heatOfCombustionJKg=46e6',
      'mode=deflagration',
      'flameSpeedMS=300',
      'place=ground',
    ];
    const { code, out } = run(
      ...cloud,
      '--output',
      'overpressureKpa',
      '--level',
      '28,14,2',
      '--at',
      '105.85,21.03',
      '--json',
    );
    expect(code).toBe(1);
    const collection = JSON.parse(out);
    expect(collection.type).toBe('FeatureCollection');
    expect(collection.features.map((one: { properties: { level: number } }) => one.properties.level)).toEqual(
      [28, 14],
    );
    expect(collection.features[0].geometry.coordinates[0]).toHaveLength(361);
    expect(collection.withoutZone).toMatchObject([{ level: 2, kind: 'outside-range' }]);
  });

  it('a plume wants the wind', () => {
    const plume = [
      'contour',
      'dispersion.gaussian-plume',
      'massFlowKgS=1',
      'windMS=2',
      'stability=D',
      'sigmaSet=briggs-urban',
      '--output',
      'concentrationKgM3',
      '--level',
      '1e-5',
      '--at',
      '105.85,21.03',
    ];
    expect(run(...plume)).toMatchObject({ code: 2, error: 'a plume wants --wind-from DEGREES\n' });
    expect(run(...plume, '--wind-from', '90').code).toBe(0);
  });

  it('puts methods side by side', () => {
    const { code, out } = run(
      'compare',
      '--level',
      '12.5',
      '--method',
      'fireball.gost-98 output=heatFluxKwM2 massKg=12000',
      '--method',
      'fireball.order-404 output=heatFluxKwM2 massKg=12000',
    );
    expect(code).toBe(0);
    expect(out).toContain('spread: 200.2 to 301.3 m, factor 1.50');
  });

  it('lists models, substances and thresholds', () => {
    expect(run('models', '--pack', 'swisdak').out.split('\n').filter(Boolean)).toHaveLength(7);
    expect(run('model', 'blast.gost-98').out).toContain('exponents 1/3 and 2/3');
    expect(run('substances', '1017').out).toContain('Chlorine, UN 1017');
    expect(run('thresholds').out).toContain('10.5 kW/m²');
    expect(
      run('distance', 'fireball.gost-98', 'massKg=12000', '--output', 'heatFluxKwM2', '--level', '7').out,
    ).toContain('251.9 m');
  });

  it('names what is wrong with the words, and exits with 2', () => {
    expect(run().code).toBe(2);
    expect(run('fly').error).toContain('unknown command fly');
    expect(run('run').error).toContain('which model?');
    expect(run('run', 'fireball').error).toContain('did you mean fireball.ccps');
    expect(run('run', 'fireball.ccps', 'massKg=heavy').error).toContain('massKg: "heavy" is no number');
    expect(run('contour', 'fireball.ccps', 'massKg=1').error).toContain('--output is missing');
    expect(run('run', 'fireball.ccps', 'mass=1')).toMatchObject({
      code: 1,
      out: 'fireball.ccps: mass is not an input of this model\n',
    });
  });

  it('no words make it throw', () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'run',
        'contour',
        'compare',
        'model',
        'fireball.ccps',
        'massKg=1',
        '--level',
        '5',
        '--at',
        '1,2',
        '--output',
        '--json',
        '--method',
        '__proto__=1',
        'constructor',
      ),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (args) => {
        expect([0, 1, 2]).toContain(run(...args).code);
      }),
    );
  });

  it('is a program', () => {
    const bin = resolve(import.meta.dirname, '../bin/consequences.mjs');
    const { status, stdout } = spawnSync(
      process.execPath,
      [bin, 'run', 'water.iowa', 'lengthFt=125', 'widthFt=175', 'heightFt=10'],
      { encoding: 'utf8' },
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(/flowGpm\s+2188 gal\/min|flowGpm\s+2187 gal\/min/);
  });
});
