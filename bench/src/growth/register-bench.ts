import process from 'node:process';
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
import { openPool, type Pool } from '../../../server/src/platform/index.ts';
import { establish } from '../../../server/src/roles/establish-centre.ts';
import { type Bench, type BenchContext, rowOf } from '../bench.ts';
import { buildStand } from '../stand.ts';
import { COLUMNS_OF_ROW, rowOfFacility } from './register-file.ts';
import { SessionTime } from './session-time.ts';

const DEFAULT_FACILITIES = 100_000;
const MOST_MS = 300;
const MOST_MEGABYTES = 300;
/** What an evening of the register's keeper allows. */
const MOST_IMPORT_SECONDS = 600;

/** The register of a country: its file comes in, and a person finds one of its facilities. */
export const registerBench: Bench = {
  name: 'register',
  title: 'CSV import and search of the register',
  options: { facilities: `how many rows the file has, default ${DEFAULT_FACILITIES}` },
  async run(context) {
    const facilities = Number(context.options.facilities ?? DEFAULT_FACILITIES);
    if (!Number.isInteger(facilities) || facilities < 1_000)
      throw new RangeError('--facilities takes a number from 1000 on');
    const stand = await buildStand();
    const web = openPool({
      address: stand.address,
      role: 'keng_web',
      applicationName: 'bench-register',
      max: 2,
    });
    try {
      await establish(stand.address, 'bench', vietNam);
      await measureImport(web, facilities, context);
      await measureSearches(web, facilities, context);
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
  let most = before;
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
  row(
    rowOf('memory beyond that before, at most', (most - before) / 2 ** 20, 'MB', { atMost: MOST_MEGABYTES }),
  );
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
    ['a word of a tenth, with marks', 'Trường'],
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
