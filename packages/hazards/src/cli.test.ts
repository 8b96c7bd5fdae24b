import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import process from 'node:process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { main } from './cli.ts';
import { stationTemplate } from './readers/index.ts';

const files: Readonly<Record<string, string>> = {
  'fires.csv':
    'latitude,longitude,acq_date,acq_time,satellite,instrument,confidence,frp\n21.1,105.2,2026-04-01,634,N20,VIIRS,h,12.5\n91,105.2,2026-04-01,0634,N20,VIIRS,h,1\n',
  'form.csv': stationTemplate(),
  'broken.json': '{"type":',
  'tide-1.json': '{"metadata":{"id":"1"},"data":[{"t":"2026-01-01 00:00","v":"1.2","f":"0,0,0,0","q":"p"}]}',
  'tide-2.json': '{"metadata":{"id":"1"},"data":[{"t":"2026-01-01 00:00","v":"1.3","f":"0,0,0,0","q":"v"}]}',
};

function run(...args: string[]): { readonly code: number; readonly out: string; readonly error: string } {
  let [out, error] = ['', ''];
  const code = main(args, {
    out: (text) => {
      out += text;
    },
    error: (text) => {
      error += text;
    },
    read: (file) => {
      const text = Object.hasOwn(files, file) ? files[file] : undefined;
      if (text === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
      return Buffer.from(text);
    },
    now: () => Date.parse('2026-10-01T00:00Z'),
  });
  return { code, out, error };
}

describe('hazards read', () => {
  it('says what a file holds and what is wrong with it, and exits with 1 for rows left out', () => {
    const { code, out } = run('read', 'auto', 'fires.csv');
    expect(code).toBe(1);
    expect(out).toContain('fires.csv: firms\n2 rows, 1 taken, 1 left out');
    expect(out).toContain('NOAA-20/2026-04-01T06:34:00.000Z/21.1,105.2');
    expect(out).toMatch(/error +row\.place-missing +row 3: latitude "91"/);
  });

  it('gives the same as JSON', () => {
    const [read] = JSON.parse(run('read', 'firms', 'fires.csv', '--json').out);
    expect(read).toMatchObject({
      file: 'fires.csv',
      reader: 'firms',
      rows: { read: 2, accepted: 1, rejected: 1 },
      complete: true,
    });
    expect(read.findings[0]).toMatchObject({ rule: 'row.place-missing', severity: 'error', line: 3 });
  });

  it('takes several files as successive readings of one feed', () => {
    const { code, out } = run(
      'read',
      'noaa',
      'tide-1.json',
      'tide-2.json',
      '--datum',
      'MLLW',
      '--units',
      'metric',
    );
    expect(code).toBe(0);
    expect(out).toContain('1 new');
    expect(out).toContain('REVISED (later-version) 1/water-level/MLLW/2026-01-01T00:00:00.000Z');
    expect(out).toContain('water.level 1.3 m above MLLW');
  });

  it('gives the station form, and reads it', () => {
    expect(run('read', 'template').out).toBe(stationTemplate());
    expect(run('read', 'station', 'form.csv', '--clock', '2026-09-08T00:00Z')).toMatchObject({ code: 0 });
  });

  it('names an observation of the future by the clock it was given', () => {
    expect(run('read', 'station', 'form.csv', '--clock', '2026-09-01T00:00Z').out).toContain('time.future');
    expect(run('read', 'station', 'form.csv').out).not.toContain('time.future');
  });

  it.each([
    [['read'], 'read which file?'],
    [['read', 'auto', 'none.csv'], 'none.csv: no such file'],
    [['read', 'auto', 'broken.json'], 'it is like no source that is read here [not-this-source]'],
    [['read', 'usgs', 'broken.json'], '[not-json]'],
    [['read', 'quakeml', 'fires.csv'], '[not-xml]'],
    [['read', 'fly', 'fires.csv'], 'there is no reader fly'],
    [['read', 'auto', 'fires.csv', '--datums', 'MSL'], 'there is no option --datums'],
    [['read', 'auto', 'fires.csv', '--units', 'feet'], '--units is metric or english'],
    [['read', 'auto', 'fires.csv', '--clock', 'noon'], '--clock: noon is no time'],
    [['fly'], 'unknown command fly'],
  ])('%j is told what is wrong, and exits with 2', (args, text) => {
    expect(run(...args)).toMatchObject({ code: 2, out: '', error: expect.stringContaining(text) });
  });

  it('has the commands of the indices beside it', () => {
    expect(run('index').out).toContain('index fwi');
    expect(run('index', 'fly')).toMatchObject({
      code: 2,
      error: expect.stringContaining('there is no index fly'),
    });
  });

  it('helps', () => {
    expect(run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('read auto FILE...') });
    expect(run().code).toBe(2);
  });

  it('no words make it throw', () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'read',
        'level',
        'index',
        'auto',
        'firms',
        'station',
        ...Object.keys(files),
        '--json',
        '--show',
        '-1',
      ),
      fc.constantFrom('__proto__', 'constructor', '__proto__=1', '--__proto__', '--clock', '--datum'),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 7 }), (args) => {
        expect([0, 1, 2]).toContain(run(...args).code);
      }),
      { numRuns: 500 },
    );
  });

  it('is a program that reads standard input', () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      [resolve(import.meta.dirname, '../bin/hazards.mjs'), 'read', 'auto', '-'],
      { encoding: 'utf8', input: files['fires.csv'] },
    );
    expect(status).toBe(1);
    expect(stdout).toContain('-: firms');
  });
});
