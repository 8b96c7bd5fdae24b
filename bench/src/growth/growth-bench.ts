import { vietNam } from '@keng/country-vn';
import { LIVE, type OrganisationCode } from '@keng/model';
import type { PoolClient } from 'pg';
import { listFacilities } from '../../../server/src/facilities/list.ts';
import { deskSnapshot } from '../../../server/src/incidents/index.ts';
import { incidentsOfFacility } from '../../../server/src/incidents/store.ts';
import {
  headPosition,
  readAfter,
  readBefore,
  readSubject,
  startConsumer,
  Wake,
} from '../../../server/src/log/index.ts';
import { alarmNumbers, facilityNumbers, linkNumbers, timeNumbers } from '../../../server/src/numbers/ask.ts';
import { createNumbers } from '../../../server/src/numbers/index.ts';
import { type ListAsked, listIncidents, listLosses } from '../../../server/src/numbers/lists.ts';
import { scopedTransaction } from '../../../server/src/platform/http/request-context.ts';
import { openPool, type Pool, systemClock } from '../../../server/src/platform/index.ts';
import { type Bench, type BenchContext, rowOf } from '../bench.ts';
import { buildStand } from '../stand.ts';
import { type Filled, fillPast, MONTHS } from './fill.ts';

const DEFAULT_ENTRIES = 400_000;
const MOST_MS = 300;

/** What a person waits for when the centre is eighteen months old. */
export const growthBench: Bench = {
  name: 'growth',
  title: `desk, search, numbers, log and chronology with ${MONTHS} months of data`,
  options: {
    entries: `how many entries there are, default ${DEFAULT_ENTRIES}; the promise is made for 10000000`,
  },
  async run(context) {
    const entries = Number(context.options.entries ?? DEFAULT_ENTRIES);
    if (!Number.isInteger(entries) || entries < 10_000)
      throw new RangeError('--entries takes a number from 10000 on');
    const stand = await buildStand();
    const core = openPool({ address: stand.address, role: 'keng_core', applicationName: 'bench-growth' });
    const web = openPool({
      address: stand.address,
      role: 'keng_web',
      applicationName: 'bench-growth',
      max: 2,
    });
    try {
      const filled = await fillPast(stand.address, entries, context.say);
      await countAll(core, filled, context);
      await core.query('analyze');
      await measureAll(web, filled, context);
    } finally {
      await Promise.all([core.end(), web.end()]);
      await stand.remove();
    }
  },
};

/** The consumer of the numbers counts the whole past, as it does live. */
async function countAll(core: Pool, filled: Filled, context: BenchContext): Promise<void> {
  const wake = new Wake(null);
  const started = performance.now();
  const running = await startConsumer({
    pool: core,
    world: LIVE,
    consumer: createNumbers({ country: vietNam }),
    wake,
    clock: systemClock,
    log: (message, error) => context.say(`${message} ${error instanceof Error ? error.message : ''}`),
  });
  for (let told = 0; ; ) {
    const { rows } = await core.query<{ behind: number; position: number }>(
      `select h.position - c.position as behind, c.position from consumer_cursor c join log_head h on h.world = c.world
       where c.world = 'live' and c.consumer = 'numbers'`,
    );
    const behind = rows[0]?.behind ?? 0;
    if (behind === 0) break;
    running.poke();
    if (performance.now() - told > 15_000) {
      told = performance.now();
      context.say(`  ${behind} entries are not counted yet`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await running.stop();
  await wake.stop();
  const seconds = (performance.now() - started) / 1_000;
  context.row(
    rowOf('numbers count the whole log', (filled.entries + filled.facilities) / seconds, '1/s', null),
  );
}

type Ask = (client: PoolClient) => Promise<unknown>;

async function measureAll(web: Pool, filled: Filled, context: BenchContext): Promise<void> {
  const now = new Date();
  const asked = (more: Partial<ListAsked> = {}): ListAsked => ({
    from: filled.from,
    to: filled.to,
    timeZone: vietNam.country.timeZone,
    area: null,
    category: null,
    cause: null,
    outcome: null,
    model: null,
    family: null,
    facility: null,
    measure: null,
    met: null,
    overSeconds: null,
    ...more,
  });
  const list =
    (more: Partial<ListAsked>): Ask =>
    (client) =>
      listIncidents(client, LIVE, asked(more), null, 100);
  const search =
    (text: string): Ask =>
    (client) =>
      listFacilities(client, LIVE, { search: text, limit: 100 });
  const questions: readonly (readonly [string, Ask])[] = [
    ['desk snapshot', (client) => deskSnapshot(client, LIVE, now, () => {})],
    ['search, one hit', search(`facility ${Math.floor(filled.facilities / 2)}`)],
    ['search, all hits', search('synthetic')],
    ['search, no hit', search('zzzz')],
    ['facility: its incidents', (client) => incidentsOf(client, filled.facility)],
    ['incident: chronology', (client) => readSubject(client, LIVE, filled.incident)],
    ['log: newest page', (client) => readBefore(client, LIVE, Number.MAX_SAFE_INTEGER, 100)],
    ['log: page in the middle', (client) => readAfter(client, LIVE, Math.floor(filled.entries / 2), 100)],
    [
      'log: page of a frequent kind',
      (client) => readBefore(client, LIVE, Number.MAX_SAFE_INTEGER, 100, ['incident.closed']),
    ],
    [
      'log: page of a kind that never was',
      (client) => readBefore(client, LIVE, Number.MAX_SAFE_INTEGER, 100, ['works.planned']),
    ],
    ['log: head', (client) => headPosition(client, LIVE)],
    ['numbers: alarms', (client) => alarmNumbers(client, LIVE, asked())],
    ['numbers: alarms of one cause', (client) => alarmNumbers(client, LIVE, asked({ cause: 'dust' }))],
    ['numbers: facilities', (client) => facilityNumbers(client, LIVE, asked())],
    ['numbers: times', (client) => timeNumbers(client, LIVE, asked())],
    ['numbers: links', (client) => linkNumbers(client, LIVE, asked())],
    ['numbers: list, newest', list({})],
    ['numbers: list of one cause', list({ cause: 'malicious' })],
    ['numbers: list of one model', list({ model: 'Synthetic maker C2' })],
    ['numbers: list, late at the desk', list({ measure: 'desk', met: 'late' })],
    ['numbers: list, never answered', list({ measure: 'owner', met: 'never' })],
    ['numbers: list, over ten minutes', list({ measure: 'turnout', overSeconds: 600 })],
    ['numbers: list of lost links', (client) => listLosses(client, LIVE, asked(), null, 100)],
  ];
  for (const [name, ask] of questions) {
    await measure(web, '*', `national, ${name}`, ask, context);
  }
  const province = ['VN-PC07-01' as OrganisationCode];
  for (const [name, ask] of questions.filter(([one]) => /desk|search|numbers/.test(one))) {
    await measure(web, province, `province, ${name}`, ask, context);
  }
}

/** The worst of the rounds counts, the first of them, with nothing in the caches of the connection, too. */
async function measure(
  web: Pool,
  organisations: '*' | readonly OrganisationCode[],
  name: string,
  ask: Ask,
  context: BenchContext,
): Promise<void> {
  let worst = 0;
  for (let round = 0; round < Math.max(5, context.rounds); round += 1) {
    const ms = await scopedTransaction(web, { organisations, facilities: [] }, async (client) => {
      const started = performance.now();
      await ask(client);
      return performance.now() - started;
    });
    worst = Math.max(worst, ms);
  }
  context.row(rowOf(name, worst, 'ms', { atMost: MOST_MS }));
}

async function incidentsOf(client: PoolClient, facility: string): Promise<unknown> {
  return await incidentsOfFacility(
    client,
    LIVE,
    facility as Parameters<typeof incidentsOfFacility>[2],
    null,
    50,
  );
}
