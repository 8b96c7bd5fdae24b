import { describe, expect, it } from 'vitest';
import { choicesOfRows, evaluated, levelOfRows, probesOf } from './testing/probes.ts';
import { referencePresent, ruleRows } from './testing/reference.ts';
import { hazardOfRows, type ReadRow, readRow } from './testing/rows.ts';

const rows = ruleRows();
const read = rows.map((row) => readRow(row));
const ofHazard = (hazard: string): readonly ReadRow[] => read.flat().filter((row) => row.hazard === hazard);

describe.skipIf(!referencePresent)('the rows of Decision 18/2021', () => {
  it('are all read', () => {
    expect(rows.length).toBeGreaterThanOrEqual(191);
    for (const [at, parts] of read.entries()) {
      expect(parts.length, JSON.stringify(rows[at])).toBeGreaterThan(0);
      for (const { spans, words } of parts) {
        expect(Object.keys(spans).length + Object.keys(words).length).toBeGreaterThan(0);
        for (const list of Object.values(words)) expect(list.length).toBeGreaterThan(0);
      }
    }
  });

  it.each(rows.map((row, at) => ({ ...row, at })))('$hazard $condition, $region: $level', ({ at, level }) => {
    const parts = read[at] ?? [];
    const hazard = parts[0]?.hazard ?? '';
    const here = probesOf(hazard, ofHazard(hazard)).filter((facts) =>
      parts.some((part) => levelOfRows([part], facts) !== undefined),
    );
    expect(here.length).toBeGreaterThan(0);
    for (const facts of here) {
      const found = evaluated(hazard, facts, choicesOfRows);
      if (found.kind !== 'level') throw new Error(`${JSON.stringify(facts)}: ${JSON.stringify(found)}`);
      // Where a higher row holds as well, this one is named beside it.
      const levels = [found.level, ...found.alsoHold.map((one) => one.level)];
      const wanted =
        hazard === 'wildfire' && level === 2 && parts.some(({ words }) => words.fireZone?.includes('2'));
      if (wanted)
        expect(
          evaluated(hazard, facts, { ...choicesOfRows, 'wildfire.zone-2-contradiction': 'level-2' }),
        ).toMatchObject({ kind: 'level', level: 2 });
      else expect(levels, JSON.stringify(facts)).toContain(level);
      expect(found.level, JSON.stringify(facts)).toBeGreaterThanOrEqual(wanted ? 1 : level);
    }
  });

  it.each(Object.values(hazardOfRows))(
    '%s: on both sides of every boundary the level is that of the rows, or none',
    (hazard) => {
      const own = ofHazard(hazard);
      const probes = probesOf(hazard, own);
      expect(probes.length).toBeGreaterThan(1);
      const wrong: unknown[] = [];
      for (const facts of probes) {
        const wanted = levelOfRows(own, facts) ?? 'none';
        const found = evaluated(hazard, facts, choicesOfRows);
        const level = found.kind === 'level' && found.rule !== 'zero' ? found.level : 'none';
        if (found.kind === 'cannot-be-assessed' || level !== wanted) wrong.push({ facts, wanted, found });
      }
      expect(wrong.slice(0, 3)).toEqual([]);
    },
  );
});
