import type { Tone } from '../../../components/tag.tsx';
import type { QueueRow } from '../../../worker/queue-row.ts';

export interface RowTag {
  /** Key of its words. */
  readonly key: string;
  readonly tone: Tone;
}

/**
 * The few words a row carries, the most telling first. Red only while nobody has accepted: an accepted fire is in good
 * hands and must not shout over one that is not.
 */
export function rowTags(row: QueueRow): readonly RowTag[] {
  if (row.band === 'closed')
    return row.outcome === null ? [] : [{ key: `outcome.${row.outcome}`, tone: 'plain' }];
  const tags: RowTag[] = [];
  if (row.late) tags.push({ key: 'tag.late', tone: 'plain' });
  if (row.shelvedUntil !== null) tags.push({ key: 'tag.shelved', tone: 'plain' });
  if (!row.accepted) tags.push({ key: 'tag.unaccepted', tone: 'fire' });
  if (row.confirmed) tags.push({ key: 'tag.confirmed', tone: row.accepted ? 'warn' : 'fire' });
  const owner = ownerTag(row);
  if (owner) tags.push(owner);
  if (row.dispatch === 'proposed') tags.push({ key: 'tag.dispatch-proposed', tone: 'warn' });
  if (row.dispatch === 'confirmed') tags.push({ key: 'tag.dispatched', tone: 'good' });
  if (row.escalatedTo === 'national') tags.push({ key: 'tag.escalated-national', tone: 'warn' });
  if (row.escalatedTo === 'province') tags.push({ key: 'tag.escalated-province', tone: 'warn' });
  return tags;
}

/** An owner's "false" is told and nothing more: it neither closes nor calms. */
function ownerTag(row: QueueRow): RowTag | null {
  switch (row.owner) {
    case 'none':
      return null;
    case 'real':
    case 'contradictory':
      return { key: `tag.owner-${row.owner}`, tone: row.accepted ? 'warn' : 'fire' };
    case 'checking':
    case 'false':
      return { key: `tag.owner-${row.owner}`, tone: 'plain' };
  }
}
