import { describe, expect, it } from 'vitest';
import { choicesOfRows, evaluated, levelsHeld, levelsOfRows, probesOf } from './testing/probes.ts';
import { referencePresent, ruleRows } from './testing/reference.ts';
import { hazardOfRows, type ReadRow, readRow } from './testing/rows.ts';

/** Articles 54.2.b and 54.3.a contradict each other: each holds under its own choice. */
const theOther = { ...choicesOfRows, 'wildfire.zone-2-contradiction': 'level-2' };
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
    const here = probesOf(hazard, ofHazard(hazard)).filter((facts) => levelsOfRows(parts, facts).length > 0);
    expect(here.length).toBeGreaterThan(0);
    for (const facts of here) {
      const found = [choicesOfRows, theOther].map((chosen) => levelsHeld(evaluated(hazard, facts, chosen)));
      // Where a higher row holds as well, this one is named beside it.
      expect(found.flat(), JSON.stringify(facts)).toContain(level);
    }
  });

  it.each(Object.values(hazardOfRows))(
    '%s: on both sides of every boundary the levels are those of the rows',
    (hazard) => {
      const own = ofHazard(hazard);
      const probes = probesOf(hazard, own);
      expect(probes.length).toBeGreaterThan(1);
      const wrong: unknown[] = [];
      for (const facts of probes) {
        const wanted = levelsOfRows(own, facts);
        const found = evaluated(hazard, facts, choicesOfRows);
        const held = new Set([...levelsHeld(found), ...levelsHeld(evaluated(hazard, facts, theOther))]);
        const highest = found.kind === 'level' && found.rule !== 'zero' ? found.level : undefined;
        if (
          found.kind === 'cannot-be-assessed' ||
          highest !== wanted.at(-1) ||
          [...held].sort().join() !== wanted.join()
        )
          wrong.push({ facts, wanted, found });
      }
      expect(wrong.slice(0, 3)).toEqual([]);
    },
  );
});
