import { type AnyDraft, anyDraft, type World } from '@keng/model';
import type { Pool } from 'pg';
import { transaction } from '../platform/index.ts';
import { appendEntries } from './append.ts';
import { archivedMark } from './archived.ts';

/** A reader of the log that began when a part of it stood in archive files already: it has never seen that part. */
export interface BegunLate {
  readonly consumer: string;
  /** Up to here the log was no longer whole in the database when it began. */
  readonly position: number;
}

/**
 * To be called before consumers are started: each that has no cursor yet, while entries have left the database, would go over the gap
 * without a word. It is written down once, as an entry that stays.
 * @returns all that ever began late, of these consumers
 */
export async function noteBegunLate(
  pool: Pool,
  world: World,
  consumers: readonly string[],
  now: Date,
): Promise<BegunLate[]> {
  return await transaction(pool, async (client) => {
    // Two machines that start at the same moment take turns: it is said once.
    await client.query('select pg_advisory_xact_lock(hashtext($1))', ['consumers-began-late']);
    const mark = await archivedMark(client, world);
    if (mark !== null) {
      const { rows } = await client.query<{ consumer: string }>(
        `select consumer from unnest($2::text[]) as asked(consumer)
          where not exists (select from consumer_cursor c where c.world = $1 and c.consumer = asked.consumer)
            and not exists (select from entry e where e.world = $1 and e.subject = 'consumer/' || asked.consumer)`,
        [world, consumers],
      );
      const { position, at } = mark;
      const drafts = rows.map(({ consumer }) => draftOf(world, { consumer, position, at }, now));
      await appendEntries(client, drafts, now);
    }
    const { rows } = await client.query<BegunLate>(
      `select body->>'consumer' as consumer, (body->>'position')::bigint as position from entry
        where world = $1 and subject = any($2) and kind = 'consumer.began-late' order by 1`,
      [world, consumers.map(subjectOf)],
    );
    return rows;
  });
}

const subjectOf = (consumer: string): string => `consumer/${consumer}`;

function draftOf(world: World, body: BegunLate & { readonly at: string }, now: Date): AnyDraft {
  return anyDraft({
    world,
    kind: 'consumer.began-late',
    lane: 1,
    subject: subjectOf(body.consumer),
    organisation: null,
    facility: null,
    revision: null,
    at: now,
    actor: { kind: 'system', id: 'consumer' },
    body,
  });
}

/** For people: what it has not seen, and what to do. */
export const begunLateText = ({ consumer, position }: BegunLate): string =>
  `${consumer} began after entries up to position ${position} had left for archive files and has not seen them: what it makes of the log lacks them`;
