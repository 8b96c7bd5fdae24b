import { createHash } from 'node:crypto';
import { type Actor, LIVE, Problem } from '@keng/model';
import { appendEntries } from '../log/index.ts';
import type { PoolClient } from '../platform/index.ts';
import type { AreaIndex } from './area-index.ts';
import { readCommunes } from './read-communes.ts';
import { storeCommunes } from './store.ts';

/** Bytes. The whole file is in memory while it is read, some six times its size. */
export const MOST_AREA_BYTES = 64 * 1024 * 1024;

export interface AreaImport {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly provinces: AreaIndex;
  readonly now: Date;
  readonly actor: Actor;
  readonly progress?: (line: string) => void;
}

/**
 * Takes a TopoJSON of communes in place of those imported before, or nothing of it.
 * @throws Problem `areas.*`
 */
export async function importAreas(client: PoolClient, request: AreaImport): Promise<{ communes: number }> {
  const { bytes, file, progress = () => {} } = request;
  if (bytes.length > MOST_AREA_BYTES) {
    throw new Problem(
      413,
      'areas.file-too-large',
      `${file} has ${bytes.length} bytes; simplify its outlines to ${MOST_AREA_BYTES} or fewer.`,
    );
  }
  progress(`${file}: reading ${(bytes.length / 1e6).toFixed(1)} MB`);
  const { communes, topology } = readCommunes(decode(bytes, file), request.provinces);
  const provinces = new Set(communes.map((one) => one.provinceCode));
  progress(`${file}: ${communes.length} communes in ${provinces.size} provinces; storing`);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { now, actor } = request;
  await storeCommunes(client, { file, sha256, areas: communes.length, topology, now });
  const body = { file: file.slice(0, 300), sha256, areas: communes.length };
  const subject = 'areas/communes';
  await appendEntries(
    client,
    [
      {
        world: LIVE,
        kind: 'areas.imported',
        lane: 2,
        subject,
        organisation: null,
        facility: null,
        revision: null,
        at: now,
        actor,
        body,
      },
    ],
    now,
  );
  return { communes: communes.length };
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Problem(422, 'areas.not-utf8', `${file} is not a text in UTF-8.`, { cause });
  }
}
