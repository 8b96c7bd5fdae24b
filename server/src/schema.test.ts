import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openClient } from './platform/index.ts';
import { createTestDatabase, type TestDatabase } from './testing/index.ts';

/** Tables without a world, each with the reason why it says nothing of what happened in one. */
const WORLDLESS: Readonly<Record<string, string>> = {
  keng_migration: 'the program',
  centre: 'who this installation is',
  sequencer_lane: 'ids are drawn across worlds',
  storage_beat: 'the server',
  area_set: 'outlines of the country',
};

let database: TestDatabase;
let owner: Awaited<ReturnType<typeof openClient>>;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = await openClient(database.address, 'administrator', 'schema-test');
});

afterAll(async () => {
  await owner.end();
  await database.drop();
});

async function column(sql: string): Promise<string[]> {
  const { rows } = await owner.query<{ value: string }>(sql);
  return rows.map((row) => row.value);
}

const TABLES = `select c.oid, c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`;
const WITH_WORLD = `select t.oid, t.relname from (${TABLES}) t join pg_attribute a on a.attrelid = t.oid and a.attname = 'world'`;

describe('worlds in the schema', () => {
  it('every table has a world, or a reason why not', async () => {
    const without = await column(
      `select relname as value from (${TABLES}) t where relname not in (select relname from (${WITH_WORLD}) w) order by 1`,
    );
    expect(without).toEqual(Object.keys(WORLDLESS).sort());
  });

  it('world leads every primary and unique key', async () => {
    const wrong = await column(
      `select i.indexrelid::regclass::text as value from pg_index i join (${WITH_WORLD}) t on t.oid = i.indrelid
       where i.indisunique and (select attname from pg_attribute where attrelid = i.indrelid and attnum = i.indkey[0]) <> 'world'`,
    );
    expect(wrong).toEqual([]);
  });

  it('every foreign key between worlds carries the world on both sides, so no row can point across', async () => {
    const wrong = await column(
      `select f.conname || ' on ' || f.conrelid::regclass::text as value from pg_constraint f join (${WITH_WORLD}) t on t.oid = f.conrelid
       where f.contype = 'f' and not (
         (select attname from pg_attribute where attrelid = f.conrelid and attnum = f.conkey[1]) = 'world'
         and (select attname from pg_attribute where attrelid = f.confrelid and attnum = f.confkey[1]) = 'world')`,
    );
    expect(wrong).toEqual([]);
  });

  it('what incidents, links and jobs point at without a foreign key (migrations 032, 047), nobody may delete', async () => {
    const may = await column(
      `select grantee || ' ' || table_name as value from information_schema.role_table_grants
       where privilege_type in ('DELETE', 'TRUNCATE') and table_name in ('facility', 'organisation', 'incident')
         and grantee like 'keng%' and grantee not in ('keng_owner', 'keng_admin')`,
    );
    expect(may).toEqual([]);
  });

  it('row-level security is on for each of them', async () => {
    const open = await column(
      `select t.relname as value from (${WITH_WORLD}) t join pg_class c on c.oid = t.oid where not c.relrowsecurity`,
    );
    expect(open).toEqual([]);
  });

  it('whatever the exercise role is granted, its policies bind it to other worlds than live', async () => {
    const loose = await column(
      `select p.tablename || '.' || p.policyname as value from pg_policies p
       where 'keng_exercise' = any(p.roles)
         and not (coalesce(p.qual, '') like '%world%<> ''live''%' or (p.cmd = 'INSERT' and p.with_check like '%world%<> ''live''%'))
         and p.tablename <> all(array[${Object.keys(WORLDLESS)
           .map((name) => `'${name}'`)
           .join(', ')}])`,
    );
    expect(loose).toEqual([]);
  });

  it('the other roles of the program see no world but live, except the sequencer', async () => {
    const loose = await column(
      `select distinct p.tablename || '.' || p.policyname as value from pg_policies p
       where not ('keng_exercise' = any(p.roles)) and not (p.roles = array['keng_sequencer'::name])
         and coalesce(p.qual, p.with_check) not like '%world%= ''live''%'
         and p.tablename <> all(array[${Object.keys(WORLDLESS)
           .map((name) => `'${name}'`)
           .join(', ')}])`,
    );
    expect(loose).toEqual([]);
  });
});

describe('rights of the roles', () => {
  it('no role that serves owns a table, may pass by row-level security, or create', async () => {
    const strong = await column(
      `select rolname as value from pg_roles where rolname like 'keng\\_%' and rolname not in ('keng_owner', 'keng_admin')
       and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`,
    );
    expect(strong).toEqual([]);
    const owners = await column(
      `select distinct pg_get_userbyid(c.relowner) as value from pg_class c join (${TABLES}) t on t.oid = c.oid`,
    );
    expect(owners).toEqual(['keng_owner']);
    const members = await column(
      `select m.member::regrole::text as value from pg_auth_members m where m.member::regrole::text like 'keng\\_%'`,
    );
    expect(members).toEqual([]);
  });

  it('the record is insert-only for all of them', async () => {
    const writable = await column(
      `select grantee || ' ' || privilege_type || ' on ' || table_name as value from information_schema.table_privileges
       where table_name in ('entry', 'log_order', 'seal') and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE')
         and grantee <> 'keng_owner' and grantee <> 'app' and grantee like 'keng\\_%'`,
    );
    expect(writable).toEqual([]);
  });

  it('one role alone may erase: body, salt and name of the actor, and nothing else of an entry', async () => {
    const changeable = await column(
      `select grantee || ': ' || string_agg(column_name, ', ' order by column_name) as value from information_schema.column_privileges
       where table_name = 'entry' and privilege_type = 'UPDATE' and grantee like 'keng\\_%' and grantee <> 'keng_owner' group by grantee`,
    );
    expect(changeable).toEqual(['keng_eraser: actor_name, body, salt']);
  });

  it('the auditor can write nothing', async () => {
    const writable = await column(
      `select privilege_type || ' on ' || table_name as value from information_schema.table_privileges
       where grantee = 'keng_auditor' and privilege_type <> 'SELECT'`,
    );
    expect(writable).toEqual([]);
  });

  it('secrets of people and devices are read by those alone who need them', async () => {
    const readers = await column(
      `select distinct table_name || ': ' || grantee as value from information_schema.role_table_grants
       where table_name in ('credential', 'transmitter_key') and privilege_type = 'SELECT' and grantee like 'keng\\_%'
         and grantee <> 'keng_owner' order by 1`,
    );
    expect(readers.filter((one) => !/: keng_(receiver|exercise)$/.test(one))).toEqual([]);
  });
});
