import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { READ_RULES } from './finding.ts';
import { READER_NAMES } from './reading.ts';
import { readStationForm } from './station/read-station-form.ts';
import { stationTemplate } from './station/template.ts';
import { DEVIATIONS } from './testing/deviations.ts';
import { renewed, rulesIn } from './testing/page.ts';
import { SHARED_FILES, SOURCES } from './testing/sources.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../../../docs/hazards-readers.md'), 'utf8');

describe('docs/hazards-readers.md', () => {
  it('has readers, rules, refusals, limits, quantities and the form as the code has them', () => {
    // After a change: npx tsx packages/hazards/src/readers/testing/write-page.ts, and read what has changed.
    expect(renewed(page)).toBe(page);
  });

  it('names every reader once', () => {
    for (const name of READER_NAMES) expect(page.split(`### ${name}:`)).toHaveLength(2);
  });

  it('gives each reader the rules that it says in the tests', () => {
    for (const { rule, reader } of DEVIATIONS)
      expect(rulesIn([...SHARED_FILES, ...SOURCES[reader].files])).toContain(rule);
  });

  it('every rule is said by some reader', () => {
    const said = new Set(rulesIn([...SHARED_FILES, ...READER_NAMES.flatMap((name) => SOURCES[name].files)]));
    expect(Object.keys(READ_RULES).filter((rule) => !said.has(rule as never))).toEqual([]);
  });
});

describe('the example of the station form', () => {
  it('is read without a finding', () => {
    expect(readStationForm(stationTemplate())).toMatchObject({
      rows: { read: 2, accepted: 2, rejected: 0 },
      counts: {},
    });
  });
});
