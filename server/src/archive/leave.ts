import type { World } from '@keng/model';
import type { Client } from 'pg';
import { appendEntries } from '../log/index.ts';
import { errorCode, PlatformError } from '../platform/index.ts';
import type { LeavingRule } from './classes.ts';
import { protectedSql } from './protected.ts';
import { listArchiveFiles } from './store.ts';
import { aboutCentre, requireFile } from './write-due.ts';

export interface LeaveOptions {
  /** As keng_owner. */
  readonly client: Client;
  readonly world: World;
  readonly folder: string;
  readonly origin: string;
  readonly now: Date;
  readonly rules: readonly LeavingRule[];
  /** A block is written anew when at least so many of a hundred of its entries may leave. */
  readonly percent: number;
  readonly progress: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
  readonly step: (name: string) => void;
}

export interface LeftBlock {
  readonly block: string;
  readonly left: number;
  readonly kept: number;
}

interface Block {
  readonly name: string;
  /** null: the past, from before there were blocks. */
  readonly lane: number | null;
  readonly first: number;
  readonly end: number;
}

/** Whoever waits for `entry` lets all others wait behind it: so long, and then again. */
const LOCK_MS = 100;
const LOCK_TRIES = 300;
const LOCK_PAUSE_MS = 200;

/**
 * Takes entries whose time is over out of the tables, a closed block at a time, each in one transaction: the block is replaced by one that
 * holds only what stays, and positions, seals and the entry that says so change with it. Only what stands in a file whose checksum was
 * compared just before.
 */
export async function letEntriesLeave(options: LeaveOptions): Promise<LeftBlock[]> {
  const { client, world } = options;
  const files = await listArchiveFiles(client, world);
  const upto = files.at(-1)?.last;
  if (upto === undefined) return [];
  const sound = new Set<string>();
  const done: LeftBlock[] = [];
  for (const block of await closedBlocks(client)) {
    options.signal?.throwIfAborted();
    await client.query('begin');
    try {
      const found = await findLeaving(options, block, upto);
      if (found === null) {
        await client.query('rollback');
        continue;
      }
      const inside = files.filter((one) => one.last >= found.first && one.first <= found.last);
      for (const one of inside.filter(({ file }) => !sound.has(file))) {
        await requireFile(options.folder, one);
        sound.add(one.file);
      }
      const mark = files.find((one) => one.last >= found.last)?.last ?? upto;
      options.step(`leave ${block.name}`);
      await takeOut(options, block, found, mark);
      options.step(`commit ${block.name}`);
      await client.query('commit');
      options.step(`left ${block.name}`);
      done.push({ block: block.name, left: found.leaving, kept: found.total - found.leaving });
      options.progress(`  ${block.name}: ${found.leaving} entries left, ${found.total - found.leaving} stay`);
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    }
  }
  return done;
}

/** Blocks into which nothing can come any more: every id of them is numbered, or was rolled back. */
async function closedBlocks(client: Client): Promise<Block[]> {
  const { rows } = await client.query<Block>(
    `select b.name, b.lane, coalesce(b.first_id, 0) as first, coalesce(b.end_id, 0) as "end" from entry_block b
     where case when b.lane is null
       then not exists (select from sequencer_lane s where s.settled_id <
         (select min(o.first_id) - 1 from entry_block o where o.lane = s.lane))
       else b.end_id - 1 <= (select settled_id from sequencer_lane s where s.lane = b.lane) end
     order by b.lane nulls first, b.first_id`,
  );
  return rows;
}

interface Leaving {
  readonly total: number;
  readonly leaving: number;
  /** Positions. */
  readonly first: number;
  readonly last: number;
  readonly kinds: readonly { readonly kind: string; readonly entries: number }[];
}

/** Names of the catalogue, never input. */
const quoted = (name: string): string => `"${name}"`;

/** Puts the ids that may leave into a temporary table; null: none, or too few to write the block anew for them. */
async function findLeaving(
  { client, world, rules, percent }: LeaveOptions,
  block: Block,
  upto: number,
): Promise<Leaving | null> {
  const parameters = [
    world,
    upto,
    rules.map((rule) => rule.kind),
    rules.map((rule) => rule.lane),
    rules.map((rule) => rule.before.toISOString()),
  ];
  // A look at the oldest first: most blocks are younger than everything that leaves.
  const old = await client.query(
    `select 1 from (select recorded_at from ${quoted(block.name)} where world = $1 order by id limit 1) e
     where recorded_at < (select max(b) from unnest($2::timestamptz[]) b)`,
    [world, parameters[4]],
  );
  if (old.rowCount === 0) return null;
  await client.query('drop table if exists leaving');
  await client.query(protectedSql(world));
  await client.query(
    `create temporary table leaving on commit drop as
     select e.id, o.position, e.kind from ${quoted(block.name)} e
       join unnest(${literal(parameters[2])}::text[], ${literal(parameters[3])}::smallint[], ${literal(parameters[4])}::timestamptz[])
         rule (kind, lane, before) on rule.kind = e.kind and rule.lane = e.lane and e.recorded_at < rule.before
       join log_order o on o.world = e.world and o.entry_id = e.id
     where e.world = ${client.escapeLiteral(world)} and o.position <= ${Number(upto)}
       and not exists (select from kept_subject k where k.subject = e.subject)
       and not exists (select from kept_facility k where k.facility = e.facility and e.recorded_at >= k.since)
       and not exists (select from kept_position k where k.position = o.position)`,
  );
  await client.query('create unique index on leaving (id); analyze leaving');
  const { rows } = await client.query<Omit<Leaving, 'kinds'>>(
    `select (select count(*)::int from ${quoted(block.name)}) as total, count(*)::int as leaving,
       coalesce(min(position), 0) as first, coalesce(max(position), 0) as last from leaving`,
  );
  const [found] = rows;
  if (!found || found.leaving === 0 || found.leaving * 100 < found.total * percent) return null;
  const kinds = await client.query<{ kind: string; entries: number }>(
    'select kind, count(*)::int as entries from leaving group by kind order by kind',
  );
  return { ...found, kinds: kinds.rows };

  function literal(values: unknown): string {
    return client.escapeLiteral(
      `{${(values as readonly (string | number)[]).map((one) => `"${one}"`).join(',')}}`,
    );
  }
}

async function takeOut(options: LeaveOptions, block: Block, found: Leaving, mark: number): Promise<void> {
  const { client, world, now } = options;
  await client.query('delete from log_order o using leaving l where o.world = $1 and o.entry_id = l.id', [
    world,
  ]);
  const stays = await writeWhatStays(client, block);
  await client.query('delete from seal where world = $1 and last_position <= $2', [world, mark]);
  await client.query(
    'update log_archive set left_at = $3 where world = $1 and last_position <= $2 and left_at is null',
    [world, mark, now],
  );
  const body = {
    block: block.name,
    upto: mark,
    left: found.kinds.map((one) => ({ ...one })),
    kept: found.total - found.leaving,
  };
  await appendEntries(
    client,
    [{ ...aboutCentre(world, options.origin, now), kind: 'centre.entries-left', body }],
    now,
  );
  await replaceBlock(options, block, stays);
}

interface Stays {
  /** The name while it is made, and afterwards. */
  readonly part: string;
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

const LANE_IDS = 1_000_000_000_000_000;

/** Tables that hold what stays of a block, ready to be put in its place; the past falls apart into one of each lane. */
async function writeWhatStays(client: Client, block: Block): Promise<Stays[]> {
  const made: Stays[] = [];
  for (const { from, to, name } of await rangesOf(client, block)) {
    const here = await client.query(
      `select 1 from ${quoted(block.name)} e where id >= $1 and id < $2 and not exists (select from leaving l where l.id = e.id) limit 1`,
      [from, to],
    );
    if (here.rowCount === 0) continue;
    const part = `${name}_stays`;
    // Indexes and constraints as the whole has them, so that nothing is read or built while everybody waits.
    await client.query(
      `create table ${quoted(part)} (like entry including defaults including constraints including indexes)`,
    );
    await client.query(`alter table ${quoted(part)} enable row level security`);
    await client.query(
      `alter table ${quoted(part)} add constraint stays_here check (id is not null and id >= ${from} and id < ${to})`,
    );
    await client.query(
      `insert into ${quoted(part)} select * from ${quoted(block.name)} e
       where id >= $1 and id < $2 and not exists (select from leaving l where l.id = e.id) order by id`,
      [from, to],
    );
    await client.query(`analyze ${quoted(part)}`);
    made.push({ part, name, from, to });
  }
  return made;
}

async function rangesOf(
  client: Client,
  block: Block,
): Promise<{ readonly from: number; readonly to: number; readonly name: string }[]> {
  if (block.lane !== null) return [{ from: block.first, to: block.end, name: block.name }];
  const { rows } = await client.query<{ lane: number; to: number }>(
    'select lane, min(first_id) as to from entry_block where lane is not null group by lane order by lane',
  );
  return rows.map(({ lane, to }) => ({
    from: lane * LANE_IDS + (lane === 0 ? 0 : 1),
    to,
    name: `entry_${lane}_past`,
  }));
}

/** For moments: what is done under the lock works on names. Nobody who comes meanwhile waits longer than one try. */
async function replaceBlock(
  { client, signal }: LeaveOptions,
  block: Block,
  stays: readonly Stays[],
): Promise<void> {
  await client.query(`set local lock_timeout = '${LOCK_MS}ms'`);
  for (let tries = 1; ; tries += 1) {
    await client.query('savepoint before_lock');
    try {
      await client.query('lock table only entry in access exclusive mode');
      await client.query(`alter table entry detach partition ${quoted(block.name)}`);
      await client.query(`drop table ${quoted(block.name)}`);
      for (const { part, name, from, to } of stays) {
        await client.query(`alter table ${quoted(part)} rename to ${quoted(name)}`);
        await client.query(
          `alter table entry attach partition ${quoted(name)} for values from (${from}) to (${to})`,
        );
        await client.query(`alter table ${quoted(name)} drop constraint stays_here`);
      }
      return;
    } catch (cause) {
      if (errorCode(cause) !== '55P03') throw cause;
      await client.query('rollback to savepoint before_lock');
      if (tries >= LOCK_TRIES) {
        throw new PlatformError(
          'archive-lock',
          'somebody reads the log for a long time, and its blocks cannot be changed meanwhile',
          'nothing was changed; look into pg_stat_activity, and start it again',
          { cause },
        );
      }
      signal?.throwIfAborted();
      await new Promise((resolve) => setTimeout(resolve, LOCK_PAUSE_MS));
    }
  }
}
