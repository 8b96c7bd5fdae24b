import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { vietNam } from '@keng/country-vn';
import { LIVE, type OrganisationCode } from '@keng/model';
import { AreaBook } from '../../../server/src/areas/index.ts';
import {
  importFacilities,
  keyEncryptionKey,
  loadFacts,
  seeingAll,
} from '../../../server/src/facilities/index.ts';
import { listFacilities } from '../../../server/src/facilities/list.ts';
import { scopedTransaction } from '../../../server/src/platform/http/request-context.ts';
import { type DatabaseAddress, openClient, openPool, type Pool } from '../../../server/src/platform/index.ts';
import { establish } from '../../../server/src/roles/establish-centre.ts';
import { type Bench, type BenchContext, rowOf } from '../bench.ts';
import { buildStand } from '../stand.ts';
import { COLUMNS_OF_ROW, rowOfFacility } from './register-file.ts';
import { SessionTime } from './session-time.ts';

const DEFAULT_FACILITIES = 100_000;
const MOST_MS = 300;
/** Of what is still needed. What the process keeps beside it is garbage that V8 has had no reason to collect. */
const MOST_LIVE_MEGABYTES = 100;
const WEIGHED_EVERY_ROWS = 10_000;
/** What an evening of the register's keeper allows. */
const MOST_IMPORT_SECONDS = 600;

/** The register of a country: its file comes in, and a person finds one of its facilities. */
export const registerBench: Bench = {
  name: 'register',
  title: 'CSV import and search of the register',
  options: {
    facilities: `how many facilities are searched, default ${DEFAULT_FACILITIES}`,
    import: 'how many of them come from the file, default all; the others are copies made by the database',
  },
  async run(context) {
    const facilities = Number(context.options.facilities ?? DEFAULT_FACILITIES);
    if (!Number.isInteger(facilities) || facilities < 1_000)
      throw new RangeError('--facilities takes a number from 1000 on');
    const rows = Number(context.options.import ?? facilities);
    if (!Number.isInteger(rows) || rows < 1_000 || rows > facilities)
      throw new RangeError('--import takes a number from 1000 to that of the facilities');
    const stand = await buildStand();
    const web = openPool({
      address: stand.address,
      role: 'keng_web',
      applicationName: 'bench-register',
      max: 2,
    });
    try {
      await establish(stand.address, 'bench', vietNam);
      await measureImport(web, rows, context);
      await copyTo(stand.address, facilities, rows);
      await measureSearches(web, rows, context);
    } finally {
      await web.end();
      await stand.remove();
    }
  },
};

async function measureImport(web: Pool, facilities: number, { say, row }: BenchContext): Promise<void> {
  const areas = new AreaBook(vietNam);
  const before = process.memoryUsage.rss();
  const processor = process.cpuUsage();
  const started = performance.now();
  const weigh = liveMemory();
  const liveBefore = weigh();
  let most = before;
  let mostLive = liveBefore;
  const report = await seeingAll(web, async (client) =>
    importFacilities(client, {
      file: 'synthetic.csv',
      source: fileOf(facilities),
      mode: 'take-good',
      hand: { world: LIVE, at: new Date(), actor: { kind: 'system', id: 'bench' } },
      facts: await loadFacts(client, LIVE, vietNam, areas),
      kek: keyEncryptionKey('bench'),
      recordedAt: new Date(),
      progress: (rows) => {
        most = Math.max(most, process.memoryUsage.rss());
        if (rows % WEIGHED_EVERY_ROWS === 0) mostLive = Math.max(mostLive, weigh());
        if (rows % 20_000 === 0) say(`${rows} rows`);
      },
    }),
  );
  const seconds = (performance.now() - started) / 1_000;
  const { user, system } = process.cpuUsage(processor);
  for (const one of report.problems.slice(0, 5)) say(JSON.stringify(one));
  row(
    rowOf(
      `import of ${facilities} facilities`,
      seconds,
      's',
      { atMost: MOST_IMPORT_SECONDS },
      (user + system) / 1e6,
    ),
  );
  row(rowOf('rows refused', report.refused, '', { atMost: 0 }));
  const beyond = (mostLive - liveBefore) / 2 ** 20;
  row(rowOf('live memory beyond that before, at most', beyond, 'MB', { atMost: MOST_LIVE_MEGABYTES }));
  row(rowOf('memory of the process beyond it, with garbage', (most - before) / 2 ** 20, 'MB', null));
}

/** Weighs what is alive, in bytes: after a full collection. */
function liveMemory(): () => number {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  return () => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
}

/** More of the same, so that a search can be measured without waiting for the import of all. */
async function copyTo(address: DatabaseAddress, facilities: number, rows: number): Promise<void> {
  const client = await openClient(address, 'administrator', 'bench-register');
  try {
    for (let copy = 1; rows * copy < facilities; copy += 1) {
      const tail = `' khu ${copy}'`;
      await client.query(`
        create temporary table copied as select id, gen_random_uuid() as new_id from facility
          where world = 'live' and name not like '% khu %' order by id limit ${facilities - rows * copy};
        insert into facility (world, id, revision, organisation, name, category, area_code, managing_level, synthetic, changed_at, state)
          select world, new_id, revision, organisation, name || ${tail}, category, area_code, managing_level, synthetic, changed_at, state
          from facility join copied using (id);
        insert into facility_search (world, id, organisation, category, area_code, name, sort_name, search_text)
          select world, new_id, organisation, category, area_code, name || ${tail}, sort_name || ${tail}, search_text || ${tail}
          from facility_search join copied using (id);
        drop table copied`);
    }
    await client.query('vacuum analyze facility');
    await client.query('vacuum analyze facility_search');
  } finally {
    await client.end();
  }
}

async function* fileOf(facilities: number): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`\uFEFF${COLUMNS_OF_ROW.join(',')}\r\n`);
  for (let n = 1; n <= facilities; n += 500) {
    let text = '';
    for (let one = n; one < n + 500 && one <= facilities; one += 1)
      text += `${rowOfFacility(one).join(',')}\r\n`;
    yield Buffer.from(text);
  }
}

async function measureSearches(web: Pool, facilities: number, context: BenchContext): Promise<void> {
  const middle = Math.floor(facilities / 2);
  const [, name = '', address = '', , , , , telephone = ''] = rowOfFacility(middle);
  const searches: readonly (readonly [string, string])[] = [
    ['name with marks', name],
    ['name without marks', unmarked(name)],
    ['address without marks', unmarked(address)],
    ['part of a telephone number', telephone.slice(-7)],
    ['number of the register', `VN-${middle}`],
    ['a word of a quarter, with marks, last by name', 'Trường'],
    ['words of three in a hundred', 'ba trieu dong son'],
    ['a word of all, without marks', 'duong'],
    ['two words that seldom meet', 'karaoke truong'],
    ['three letters', 'ban'],
    ['one letter', 'z'],
    ['no hit', 'zzzz qqqq'],
    ['nothing: the first page', ''],
  ];
  const scopes: readonly (readonly [string, '*' | readonly OrganisationCode[]])[] = [
    ['national', '*'],
    ['province', ['VN-PC07-01' as OrganisationCode]],
  ];
  for (const [who, organisations] of scopes) {
    for (const [what, search] of searches) {
      let worst = { ms: 0, processorMs: 0 };
      for (let round = 0; round < Math.max(5, context.rounds); round += 1) {
        const one = await scopedTransaction(web, { organisations, facilities: [] }, async (client) => {
          const time = await SessionTime.of(client);
          const started = performance.now();
          await listFacilities(client, LIVE, { search, limit: 100 });
          return { ms: performance.now() - started, processorMs: time.passedMs() };
        });
        if (one.ms > worst.ms) worst = one;
      }
      context.row(rowOf(`${who}, search: ${what}`, worst.ms, 'ms', { atMost: MOST_MS }, worst.processorMs));
    }
  }
}

const unmarked = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .toLowerCase();
