import fs from 'node:fs';
import { vietNam } from '@keng/country-vn';
import { LIVE, newId } from '@keng/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sweepOld } from './archive/index.ts';
import { TABLE_BOUNDS } from './log/growing.ts';
import { blockStanding, keepBlocks } from './log/index.ts';
import { createTestDatabase, type TestDatabase } from './testing/index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function column(sql: string): Promise<string[]> {
  const { rows } = await database.pool('keng_owner').query<{ value: string }>(sql);
  return rows.map((row) => row.value);
}

describe('tables that grow', () => {
  it('of every table it is said what keeps it from growing with the past', async () => {
    const tables = await column(
      `select relname as value from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
         and not relispartition order by relname collate "C"`,
    );
    expect(tables.filter((table) => !(table in TABLE_BOUNDS))).toEqual([]);
  });

  it('those that grow all the same stand in the manual', () => {
    const manual = fs.readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
    const growing = Object.entries(TABLE_BOUNDS).filter(([, bound]) => bound.kind === 'grows');
    expect(growing.filter(([table]) => !manual.includes(`\`${table}\``)).map(([table]) => table)).toEqual([]);
  });

  it('single losses and retried entries go when their time is over, and what is still open stays', async () => {
    const core = database.pool('keng_core');
    const link = async (lostAt: string, restoredAt: string | null): Promise<void> => {
      await core.query(
        `insert into numbers_link (world, transmitter, lost_at, restored_at, facility, organisation, area_code, category, model)
         values ('live', $1, $2, $3, $1, 'X', '01', 'school', '')`,
        [newId(), lostAt, restoredAt],
      );
    };
    await link('2020-01-01T00:00:00Z', '2020-01-02T00:00:00Z');
    await link('2020-01-01T00:00:00Z', null);
    await link('2025-01-01T00:00:00Z', '2025-01-02T00:00:00Z');
    for (const [position, retried] of [
      [1, '2020-01-01T00:00:00Z'],
      [2, null],
      [3, '2026-01-01T00:00:00Z'],
    ])
      await core.query(
        `insert into set_aside (world, consumer, position, kind, error, retried_at) values ('live', 'test', $1, 'x', 'x', $2)`,
        [position, retried],
      );
    const now = new Date('2026-03-01T00:00:00Z');
    expect(await sweepOld(core, LIVE, vietNam, now)).toEqual({ numbers_link: 1, set_aside: 1 });
    expect(await column('select position::text as value from set_aside order by 1')).toEqual(['2', '3']);
    expect(
      await column(`select coalesce(restored_at::text, 'open') as value from numbers_link`),
    ).toHaveLength(2);
  });
});

describe('blocks of the log', () => {
  const roles = `select rolname as value from pg_roles where rolname like 'keng\\_%' and rolname not in ('keng_owner', 'keng_admin')`;

  it('no role reaches a block beside the log: none has a right on it, and each is closed by row-level security', async () => {
    const blocks = await column('select name as value from entry_block order by 1');
    expect(blocks.length).toBeGreaterThanOrEqual(12);
    for (const role of await column(roles)) {
      const open = await column(
        `select b.name || ': ' || p as value from entry_block b, unnest(array['select', 'insert', 'update', 'delete', 'truncate']) p
         where has_table_privilege('${role}', b.block, p) or (p in ('select', 'insert', 'update') and has_any_column_privilege('${role}', b.block, p))`,
      );
      expect(open, role).toEqual([]);
    }
    expect(
      await column(
        'select b.name as value from entry_block b join pg_class c on c.oid = b.block where not c.relrowsecurity',
      ),
    ).toEqual([]);
    expect(
      await column(
        'select p.policyname as value from pg_policies p join entry_block b on b.name = p.tablename',
      ),
    ).toEqual([]);
    const [block] = blocks;
    await expect(database.pool('keng_core').query(`select from ${block}`)).rejects.toMatchObject({
      code: '42501',
    });
  });

  it('each has the indexes, the key and the trigger of the whole', async () => {
    const { rows } = await database.pool('keng_owner').query<{ indexes: number; triggers: number }>(
      `select (select count(*)::int from pg_index i where i.indrelid = b.block) as indexes,
         (select count(*)::int from pg_trigger t where t.tgrelid = b.block) as triggers from entry_block b`,
    );
    expect(new Set(rows.map((row) => `${row.indexes} ${row.triggers}`))).toEqual(new Set(['3 1']));
  });

  it('are made before a lane needs them, and an entry finds a place when nobody made any', async () => {
    const core = database.pool('keng_core');
    const owner = database.pool('keng_owner');
    await keepBlocks(core);
    expect(await blockStanding(core)).toMatchObject([{ ahead: 2 }, { ahead: 2 }, { ahead: 2 }]);
    const { rows } = await owner.query<{ first: number }>(
      'select first_id as first from entry_block where is_rest and lane = 2',
    );
    // Years without housekeeping.
    await owner.query(`select setval('entry_routine_id', $1)`, [(rows[0]?.first ?? 0) + 5_000]);
    expect((await blockStanding(core))[2]).toEqual({ lane: 2, ahead: 0, inRest: true });
    await core.query(`insert into entry (world, id, lane, kind, version, subject, at, recorded_at, actor_kind, actor_id, commitment)
      values ('live', nextval('entry_routine_id'), 2, 'x', 1, 'x', now(), now(), 'system', 'x', '\\x00')`);
    expect(await keepBlocks(core)).toBe(2);
    expect((await blockStanding(core))[2]).toEqual({ lane: 2, ahead: 2, inRest: false });
    expect(await column('select tableoid::regclass::text as value from entry')).not.toEqual(['entry_2_rest']);
    expect(await keepBlocks(core)).toBe(0);
  });

  it('a lane that needs half a year for less than a block goes on in the next one', async () => {
    const owner = database.pool('keng_owner');
    await owner.query(`insert into entry (world, id, lane, kind, version, subject, at, recorded_at, actor_kind, actor_id, commitment)
      values ('live', nextval('entry_fire_id'), 0, 'x', 1, 'x', '2020-01-01', '2020-01-01', 'system', 'x', '\\x00')`);
    const block = `select b.name as value from entry_block b, entry_fire_id s where b.lane = 0 and b.first_id <= s.last_value + 1 and b.end_id > s.last_value + 1`;
    const before = await column(block);
    await keepBlocks(database.pool('keng_core'));
    const after = await column(block);
    expect(after).not.toEqual(before);
    // The one that it left is used up; another is made ahead at the next look.
    await keepBlocks(database.pool('keng_core'));
    await column(`select nextval('entry_fire_id')::text as value`);
    await keepBlocks(database.pool('keng_core'));
    expect((await blockStanding(database.pool('keng_core')))[0]).toMatchObject({ ahead: 2, inRest: false });
  });
});
