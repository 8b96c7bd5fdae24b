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
  verifyLog,
} from '../../../server/src/log/index.ts';
import { alarmNumbers, facilityNumbers, linkNumbers, timeNumbers } from '../../../server/src/numbers/ask.ts';
import { compareNumbers } from '../../../server/src/numbers/index.ts';
import { type ListAsked, listIncidents, listLosses } from '../../../server/src/numbers/lists.ts';
import { scopedTransaction } from '../../../server/src/platform/http/request-context.ts';
import { openPool, type Pool } from '../../../server/src/platform/index.ts';
import { type Bench, type BenchContext, rowOf } from '../bench.ts';
import { buildStand } from '../stand.ts';
import { type Filled, fillPast, MONTHS } from './fill.ts';
import { SessionTime } from './session-time.ts';

const DEFAULT_ENTRIES = 400_000;
const MOST_MS = 300;
const VERIFIED_BY_DEFAULT = 1_000_000;

/** A past is made once and only read after: no crash of the machine needs to be survived while it is filled. */
const FILLING = {
  fsync: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '16GB',
  autovacuum: 'off',
};

/** What a person waits for when the centre is eighteen months old. */
export const growthBench: Bench = {
  name: 'growth',
  title: `desk, search, numbers, log and chronology with ${MONTHS} months of data`,
  options: {
    verify:
      'yes: walk the chain of seals and add the numbers up from the log, too; default up to 1000000 entries',
    entries: `how many entries there are, default ${DEFAULT_ENTRIES}; the promise is made for 10000000`,
  },
  async run(context) {
    const entries = Number(context.options.entries ?? DEFAULT_ENTRIES);
    if (!Number.isInteger(entries) || entries < 10_000)
      throw new RangeError('--entries takes a number from 10000 on');
    const stand = await buildStand(FILLING);
    const core = openPool({ address: stand.address, role: 'keng_core', applicationName: 'bench-growth' });
    const web = openPool({
      address: stand.address,
      role: 'keng_web',
      applicationName: 'bench-growth',
      max: 2,
    });
    try {
      const filled = await fillPast(stand.address, entries, context.say);
      const verified = context.options.verify ?? (entries <= VERIFIED_BY_DEFAULT ? 'yes' : 'no');
      if (verified === 'yes') await verifyAll(core, context);
      await measureAll(web, filled, context);
    } finally {
      await Promise.all([core.end(), web.end()]);
      await stand.remove();
    }
  },
};

/** What was filled is a log like any other, and what was counted is what it says. */
async function verifyAll(core: Pool, context: BenchContext): Promise<void> {
  const log = await verifyLog({ pool: core, world: LIVE });
  for (const { position, code, detail } of log.faults.slice(0, 5))
    context.say(`${position} ${code} ${detail}`);
  context.row(
    rowOf(`faults of ${log.entries} entries under ${log.seals} seals`, log.faults.length, '', { atMost: 0 }),
  );
  const compared = await compareNumbers({ pool: core, world: LIVE, country: vietNam });
  const different = compared.filter((one) => !one.equal);
  for (const one of different) context.say(`${one.name} ${one.different.slice(0, 3).join(' ')}`);
  context.row(rowOf('tables of sums that differ from the log', different.length, '', { atMost: 0 }));
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

/**
 * The worst of the rounds counts, the first of them, with nothing in the caches of the connection, too. Beside it the processor time
 * that this round took, of the session of the database and of this process: it says what a busy machine added.
 */
async function measure(
  web: Pool,
  organisations: '*' | readonly OrganisationCode[],
  name: string,
  ask: Ask,
  context: BenchContext,
): Promise<void> {
  let worst = { ms: 0, processorMs: 0 };
  for (let round = 0; round < Math.max(5, context.rounds); round += 1) {
    const one = await scopedTransaction(web, { organisations, facilities: [] }, async (client) => {
      const time = await SessionTime.of(client);
      const started = performance.now();
      await ask(client);
      return { ms: performance.now() - started, processorMs: time.passedMs() };
    });
    if (one.ms > worst.ms) worst = one;
  }
  context.row(rowOf(name, worst.ms, 'ms', { atMost: MOST_MS }, worst.processorMs));
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
