import { type AnyEntry, applyIncident, type IncidentState, isIncidentEntry } from '@keng/model';
import { describe, expect, test } from 'vitest';
import { counter, InventedIncident } from '../../../../dev/invented.ts';
import { toRow } from '../../../worker/queue-row.ts';
import { rowTags } from './row-tags.ts';

function rowOf(...entries: readonly AnyEntry[]) {
  let state: IncidentState | null = null;
  for (const entry of entries) if (isIncidentEntry(entry)) state = applyIncident(state, entry);
  if (state === null) throw new Error('these entries open nothing');
  return toRow(state);
}
const invent = () => new InventedIncident(counter());
const answered = (one: InventedIncident, answer: 'real' | 'false' | 'checking') =>
  one.step('incident.owner-answered', { contactId: null, name: 'Bảo vệ', answer, channel: 'page' });

describe('a row of the queue', () => {
  test('a fresh alarm says that nobody has accepted it, in red', () => {
    const one = invent();
    expect(rowTags(rowOf(one.opened({ number: 1 })))).toEqual([{ key: 'tag.unaccepted', tone: 'fire' }]);
  });

  test('once accepted nothing of it is red, however bad it is', () => {
    const one = invent();
    const row = rowOf(
      one.opened({ number: 1 }),
      ...one.secondDetector('4', 'x'),
      answered(one, 'real'),
      one.accepted(),
    );
    expect(row.band).toBe('working');
    expect(rowTags(row).some((tag) => tag.tone === 'fire')).toBe(false);
    expect(rowTags(row).map((tag) => tag.key)).toContain('tag.owner-real');
  });

  test('the owner says false: it is told without calming colours, and stays in the queue', () => {
    const one = invent();
    const row = rowOf(one.opened({ number: 1 }), answered(one, 'false'));
    expect(row.band).toBe('unaccepted');
    expect(rowTags(row)).toContainEqual({ key: 'tag.owner-false', tone: 'plain' });
  });

  test('a confirmed alarm belongs to the fires', () => {
    const one = invent();
    expect(rowOf(one.opened({ number: 1 }), ...one.secondDetector('4', 'x')).band).toBe('fire');
  });

  test('a closed one says only how it ended', () => {
    const one = invent();
    expect(rowTags(rowOf(one.opened({ number: 1 }), one.closed()))).toEqual([
      { key: 'outcome.false', tone: 'plain' },
    ]);
  });

  test('many zones fold into the first and a number', () => {
    const one = invent();
    const row = rowOf(
      one.opened({ number: 1, zoneLabel: 'Kho' }),
      ...one.secondDetector('4', 'x'),
      ...one.secondDetector('5', 'y'),
    );
    expect(row).toMatchObject({ zone: 'Kho', moreZones: 2, signals: 3 });
  });
});
