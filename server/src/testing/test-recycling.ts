import type pg from 'pg';
import { openClient } from '../platform/database.ts';
import { type DatabaseAddress, withDatabase } from '../platform/index.ts';

/**
 * Most tests want a database of their own and put a few rows into it. To copy a thousand files and remove them takes most of a second
 * each time, so a database whose tables are as they were made is emptied and given to the next test that asks, in whichever process.
 * One that is not, or that has grown, is dropped.
 */
const GROWTH_BYTES = 8 * 1024 * 1024;

/** Everything that a test could have altered besides rows. Statistics count: plans come from them. */
const FINGERPRINT = `
  with own as (select * from pg_class where relnamespace = 'public'::regnamespace),
  line as (
    select concat_ws(' ', 'class', relname, relkind, relpersistence, relrowsecurity, relforcerowsecurity, relhastriggers,
        relacl, reloptions, pg_get_expr(relpartbound, oid)) as text from own
    union all select concat_ws(' ', 'column', attrelid::regclass, attname, atttypid, attnotnull, attidentity, attacl)
      from pg_attribute where attnum > 0 and attrelid in (select oid from own)
    union all select concat_ws(' ', 'default', adrelid::regclass, adnum, pg_get_expr(adbin, adrelid)) from pg_attrdef
    union all select concat_ws(' ', 'constraint', conrelid::regclass, conname, convalidated, pg_get_constraintdef(oid))
      from pg_constraint where connamespace = 'public'::regnamespace
    union all select concat_ws(' ', 'index', indexrelid::regclass, indisvalid) from pg_index
      where indexrelid in (select oid from own)
    union all select concat_ws(' ', 'trigger', tgrelid::regclass, tgname, tgenabled) from pg_trigger where not tgisinternal
    union all select concat_ws(' ', 'rule', ev_class::regclass, rulename) from pg_rewrite where ev_class in (select oid from own)
    union all select concat_ws(' ', 'policy', polrelid::regclass, polname, polroles, pg_get_expr(polqual, polrelid),
        pg_get_expr(polwithcheck, polrelid)) from pg_policy
    union all select concat_ws(' ', 'function', proname, proacl, md5(prosrc)) from pg_proc
      where pronamespace = 'public'::regnamespace
    union all select concat_ws(' ', 'statistics', starelid::regclass) from pg_statistic where starelid in (select oid from own)
    union all select concat_ws(' ', 'schema', nspname, nspacl) from pg_namespace where nspname !~ '^pg_(toast_)?temp'
    union all select concat_ws(' ', 'extension', extname, extversion) from pg_extension
    union all select concat_ws(' ', 'setting', setrole, setconfig) from pg_db_role_setting
      where setdatabase in (0, (select oid from pg_database where datname = current_database()))
  )
  select md5(string_agg(text, E'\\n' order by text)) as fingerprint, pg_database_size(current_database())::float8 as bytes from line`;

/** In the database `postgres`: how a new database looks, what empties a used one, and which are empty now. */
const BOOK = `
  create table if not exists keng_as_made (fingerprint text not null, bytes float8 not null, emptying text not null);
  create table if not exists keng_emptied (name text primary key)`;

/** Writes down how the template looks, before nobody may connect to it any more. */
export async function describeTemplate(server: DatabaseAddress, template: string): Promise<void> {
  const client = await openClient(withDatabase(server, template), 'administrator', 'keng-test');
  const book = await openClient(server, 'administrator', 'keng-test');
  try {
    const { fingerprint, bytes } = await look(client);
    await book.query(BOOK);
    await book.query('insert into keng_as_made values ($1, $2, $3)', [
      fingerprint,
      bytes,
      await emptying(client),
    ]);
  } finally {
    await client.end();
    await book.end();
  }
}

/** The name of an empty database that somebody else has used; null: there is none. */
export async function takeEmptied(book: pg.Client): Promise<string | null> {
  const { rows } = await book.query<{ name: string }>(
    'delete from keng_emptied where name = (select name from keng_emptied limit 1 for update skip locked) returning name',
  );
  return rows[0]?.name ?? null;
}

/** Empties it for the next one; false: it is not as it was made, or has grown, and has to go. */
export async function giveBack(book: pg.Client, address: DatabaseAddress, name: string): Promise<boolean> {
  await book.query('select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = $1', [
    name,
  ]);
  const { rows } = await book.query<Look & { emptying: string }>('select * from keng_as_made');
  const [made] = rows;
  if (!made) return false;
  const client = await openClient(address, 'administrator', 'keng-test');
  try {
    const { fingerprint, bytes } = await look(client);
    if (fingerprint !== made.fingerprint || bytes > made.bytes + GROWTH_BYTES) return false;
    await client.query(made.emptying);
  } finally {
    await client.end();
  }
  await book.query('insert into keng_emptied values ($1)', [name]);
  return true;
}

interface Look {
  readonly fingerprint: string;
  readonly bytes: number;
}

async function look(client: pg.Client): Promise<Look> {
  const { rows } = await client.query<Look>(FINGERPRINT);
  if (!rows[0]) throw new Error('a database has no fingerprint');
  return rows[0];
}

/** Statements that take every row away, past all guards, put back what the migrations wrote, and let every sequence begin again. */
async function emptying(client: pg.Client): Promise<string> {
  const tables = await client.query<{ name: string }>(
    `select quote_ident(relname) as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  );
  const statements = ['begin', 'set local session_replication_role = replica'];
  for (const { name } of tables.rows) {
    statements.push(`delete from only ${name}`);
    const { rows } = await client.query<{ seed: string | null }>(
      `select json_agg(one)::text as seed from only ${name} as one`,
    );
    const seed = rows[0]?.seed;
    if (seed)
      statements.push(
        `insert into ${name} overriding system value select * from json_populate_recordset(null::${name}, ${client.escapeLiteral(seed)})`,
      );
  }
  const sequences = await client.query<{ set: string }>(
    `select format('select setval(%L, %s, %L)', format('%I.%I', schemaname, sequencename), coalesce(last_value, start_value),
       last_value is not null) as set from pg_sequences where schemaname = 'public'`,
  );
  statements.push(...sequences.rows.map((one) => one.set), 'commit');
  return statements.join(';\n');
}
