import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LIVE } from '@keng/model';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { seeingAll, Workshop } from '../facilities/index.ts';
import { loadOrganisations } from '../organisations/index.ts';
import { ORGANISATIONS } from '../people/people.fixture.ts';
import { type DatabaseAddress, transaction } from '../platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { command } from './import.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-import-'));
  await transaction(database.pool('keng_core'), (client) => loadOrganisations(client, LIVE, ORGANISATIONS));
});
afterAll(async () => {
  await database.drop();
  fs.rmSync(folder, { recursive: true });
});

async function run(
  positionals: string[],
  values: Record<string, string> = {},
): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const code = await command.run({
    positionals,
    values: { data: folder, ...values },
    env: { DATABASE_URL: urlOf(database.address) },
    print: (line) => lines.push(line),
  });
  return { code, lines };
}

/** The test server listens on a Unix socket, which a URL names as its host. */
function urlOf(address: DatabaseAddress): string {
  if (address.kind === 'external') return address.url;
  return `postgresql://${address.administrator}@localhost:${address.port}/${address.database}?host=${encodeURIComponent(address.host)}`;
}

const count = async (): Promise<number> =>
  seeingAll(
    database.pool('keng_web'),
    async (client) => (await client.query('select from facility')).rowCount ?? 0,
  );

describe('keng import', () => {
  it('prints a template that it takes itself: looked at first, then taken', async () => {
    const { lines } = await run(['template']);
    const file = path.join(folder, 'mau.csv');
    fs.writeFileSync(file, lines.join('\n'));
    expect(await run(['facilities', file])).toMatchObject({
      code: 0,
      lines: expect.arrayContaining(['1 rows: 1 could be taken (1 new, 0 changed), 0 refused']),
    });
    expect(await count()).toBe(0);
    expect(await run(['facilities', file], { mode: 'all-or-nothing' })).toMatchObject({ code: 0 });
    expect(await count()).toBe(1);
  });

  it('tells bad rows by row and column, and ends with 1', async () => {
    const { lines } = await run(['template']);
    const file = path.join(folder, 'bad.csv');
    fs.writeFileSync(file, lines.join('\n').replace(',school,', ',castle,'));
    const { code, lines: said } = await run(['facilities', file], { mode: 'take-good' });
    expect(code).toBe(1);
    expect(said.join('\n')).toMatch(/row 2, category: .* \(castle\) \[facility.category-unknown\]/);
  });

  it('takes the same table as XLSX, and tells its bad rows by row, column and reason', async () => {
    const { lines } = await run(['template']);
    const [header = [], example = []]: string[][] = parse(lines.join('\n'), { bom: true });
    const changed = (changes: Record<string, string>): string[] =>
      example.map((cell, index) => changes[header[index] ?? ''] ?? cell);
    const sheet = async (name: string, table: readonly (readonly string[])[]): Promise<string> => {
      const file = path.join(folder, name);
      const json = table.map((row) => JSON.stringify(row)).join('\n');
      fs.writeFileSync(file, (await new Workshop().work('sheet', Buffer.from(json))).content);
      return file;
    };
    const before = await count();
    const good = changed({ reference: 'XLSX-1', transmitter1_account: 'F1F1' });
    const file = await sheet('mau.xlsx', [
      header,
      good,
      changed({ reference: 'XLSX-2', transmitter1_account: 'F2F2', category: 'castle' }),
    ]);
    const { code, lines: said } = await run(['facilities', file], { mode: 'take-good' });
    expect(said).toContain('2 rows: 1 taken (1 new, 0 changed), 1 refused');
    expect(said.join('\n')).toMatch(/row 3, category: .* \(castle\) \[facility.category-unknown\]/);
    expect(code).toBe(1);
    expect(await count()).toBe(before + 1);
    // The name of a file says nothing: what begins as an archive and is none is refused as a whole.
    const broken = path.join(folder, 'broken.csv');
    fs.writeFileSync(broken, 'PK\u0003\u0004 and no more');
    const refused = await run(['facilities', broken], { mode: 'take-good' });
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.lines.join()).toMatch(/import.xlsx-broken/);
    expect(await count()).toBe(before + 1);
  });

  it('is stopped by Ctrl-C in the middle: nothing of the file is stored, and it ends as a shell expects', async () => {
    const { lines } = await run(['template']);
    const [header = [], example = []]: string[][] = parse(lines.join('\n'), { bom: true });
    const row = (n: number) =>
      example.map((cell, at) => {
        if (header[at] === 'reference') return `ngat-${n}`;
        return header[at] === 'transmitter1_account' ? (0xf0_0000 + n).toString(16) : cell;
      });
    const table = [header, ...Array.from({ length: 20_000 }, (_, n) => row(n))];
    const file = path.join(folder, 'large.csv');
    fs.writeFileSync(
      file,
      table.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n'),
    );
    const before = await count();
    const child = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        'server/src/main.ts',
        'import',
        'facilities',
        file,
        '--mode',
        'take-good',
        '--data',
        folder,
      ],
      { env: { ...process.env, DATABASE_URL: urlOf(database.address) } },
    );
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => said.push(String(data)));
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    // It has begun to write, and 20,000 rows are far from their end.
    await vi.waitFor(
      async () => {
        const { rows } = await database.pool('keng_core').query(
          `select from pg_locks join pg_class on pg_class.oid = relation
            where relname = 'facility' and database = (select oid from pg_database where datname = current_database()) and mode = 'RowExclusiveLock' and granted`,
        );
        expect(rows).not.toEqual([]);
      },
      { timeout: 120_000, interval: 20 },
    );
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(said.join('').trimEnd().split('\n').at(-1)).toBe(
      `${file}: stopped; nothing of the file was stored [import.stopped]`,
    );
    expect(await count()).toBe(before);
    const { rows } = await database
      .pool('keng_auditor')
      .query("select from entry where kind like 'facility.%' and body::text like '%ngat-%'");
    expect(rows).toEqual([]);
  });

  it('says what is wrong with a file of areas, and with what was asked for', async () => {
    const file = path.join(folder, 'areas.json');
    fs.writeFileSync(file, '{"type":"FeatureCollection"}');
    const { code, lines } = await run(['areas', file]);
    expect(code).toBe(1);
    expect(lines.join()).toMatch(/geo2topo.*areas.not-topojson/);
    await expect(run(['stations', file])).rejects.toMatchObject({ code: 'command-unknown' });
    await expect(run(['facilities', file], { mode: 'maybe' })).rejects.toMatchObject({
      code: 'setting-invalid',
    });
    await expect(run(['facilities', path.join(folder, 'none.csv')])).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });
});
