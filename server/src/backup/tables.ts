import type { Client } from 'pg';

export interface TableShape {
  readonly name: string;
  /** Without those that PostgreSQL computes. */
  readonly columns: readonly string[];
}

/** All tables of the program, partitioned ones as a whole. The list of migrations is not data: the restore makes its own. */
export async function readTables(client: Client): Promise<TableShape[]> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `select c.relname as name,
            array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and c.relname <> 'keng_migration'
     group by c.relname order by c.relname`,
  );
  return rows;
}

export interface SequenceState {
  readonly name: string;
  /** As text: a sequence counts further than a number does. */
  readonly value: string;
  readonly called: boolean;
}

export async function readSequences(client: Client): Promise<SequenceState[]> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S' order by relname`,
  );
  const found: SequenceState[] = [];
  for (const { name } of rows) {
    const state = await client.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from public.${client.escapeIdentifier(name)}`,
    );
    const [row] = state.rows;
    if (row) found.push({ name, ...row });
  }
  return found;
}

/** How values are written in COPY text; both sides of a backup use the same. */
export async function plainSession(client: Client): Promise<void> {
  await client.query(
    `set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'iso_8601'; set extra_float_digits = 3;
     set bytea_output = 'hex'; set client_encoding = 'UTF8'; set statement_timeout = 0; set row_security = off`,
  );
}
