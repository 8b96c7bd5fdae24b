import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Messages of the reference data, read where they are: see docs/testing.md. */
const FOLDER = fileURLToPath(new URL('../../../../shared/data/cap/', import.meta.url));

/** Why the tests over the corpus are skipped; null: they are not. */
export const withoutCorpus = fs.existsSync(FOLDER)
  ? null
  : `there is no ${path.basename(FOLDER)} beside the project`;

export const corpusBytes = (name: string): Uint8Array => fs.readFileSync(path.join(FOLDER, name));
export const corpusJson = <Shape>(name: string): Shape =>
  JSON.parse(fs.readFileSync(path.join(FOLDER, name), 'utf8')) as Shape;
export const corpusNames = (folder: string): string[] =>
  withoutCorpus === null ? fs.readdirSync(path.join(FOLDER, folder)).map((name) => `${folder}/${name}`) : [];

export interface InventoryRow {
  readonly [column: string]: string;
  readonly path: string;
  readonly root: string;
}

/** The index of the corpus. Its rows are comma separated, with quotation marks where needed (RFC 4180). */
export function inventory(): InventoryRow[] {
  if (withoutCorpus !== null) return [];
  const [head = [], ...rows] = csvRows(fs.readFileSync(path.join(FOLDER, 'inventory.csv'), 'utf8'));
  return rows.map(
    (row) => Object.fromEntries(head.map((name, at) => [name, row[at] ?? ''])) as unknown as InventoryRow,
  );
}

function csvRows(text: string): string[][] {
  return text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
      ),
    );
}
