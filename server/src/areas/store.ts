import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Topology } from 'topojson-specification';
import type { PoolClient, Queryable } from '../platform/index.ts';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

export interface StoredCommunes {
  readonly sha256: string;
  /** TopoJSON, gzip. */
  readonly packed: Buffer;
}

/** The mark of the communes that are imported now; null when there are none. */
export async function communesMark(db: Queryable): Promise<string | null> {
  const { rows } = await db.query<{ sha256: string }>(`select sha256 from area_set where name = 'communes'`);
  return rows[0]?.sha256 ?? null;
}

export async function loadCommunes(db: Queryable): Promise<StoredCommunes | null> {
  const { rows } = await db.query<{ sha256: string; topology: Buffer }>(
    `select sha256, topology from area_set where name = 'communes'`,
  );
  const [row] = rows;
  return row ? { sha256: row.sha256, packed: row.topology } : null;
}

export async function unpackTopology(packed: Buffer): Promise<Topology> {
  // Written by storeCommunes.
  return JSON.parse((await unpack(packed)).toString('utf8')) as Topology;
}

export async function storeCommunes(
  client: PoolClient,
  set: { file: string; sha256: string; areas: number; topology: Topology; now: Date },
): Promise<void> {
  const packed = await pack(JSON.stringify(set.topology));
  await client.query(`delete from area_set where name = 'communes'`);
  await client.query(
    `insert into area_set (name, file, sha256, areas, topology, imported_at) values ('communes', $1, $2, $3, $4, $5)`,
    [set.file, set.sha256, set.areas, packed, set.now],
  );
}
