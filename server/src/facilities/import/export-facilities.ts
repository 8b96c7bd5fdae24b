import { Readable } from 'node:stream';
import type { FacilityState, World } from '@keng/model';
import { Problem } from '@keng/model';
import type { PoolClient } from '../../platform/index.ts';
import { type FacilityQuery, listFacilities } from '../list.ts';
import type { Workshop } from '../workshop/workshop.ts';
import { COLUMNS, csvLine, MOST_CONTACTS, MOST_TRANSMITTERS } from './columns.ts';
import { safeCell } from './safe-cell.ts';
import { XLSX_LIMITS } from './xlsx-limits.ts';

const PAGE = 500;

/** A facility as the template writes it; keys are never given out. */
export function exportRow(state: FacilityState): string[] {
  const cells = new Map<string, string>([
    ['reference', state.reference ?? ''],
    ['name', state.name],
    ['address', state.address],
    ['area', state.areaCode],
    ['commune_code', state.communeCode ?? ''],
    ['commune', state.communeName ?? ''],
    ['longitude', state.position ? String(state.position[0]) : ''],
    ['latitude', state.position ? String(state.position[1]) : ''],
    ['category', state.category],
    ['managing_level', state.managingLevel],
    ['organisation', state.organisation],
    ['hazards', state.hazards.join('|')],
    ['force_people', String(state.onSiteForce.people)],
    ['force_description', state.onSiteForce.description],
    [
      'water',
      state.water.map((one) => `${one.kind}:${one.capacityM3 ?? ''}:${plain(one.description)}`).join('|'),
    ],
  ]);
  state.contacts.slice(0, MOST_CONTACTS).forEach((one, index) => {
    const name = `contact${index + 1}`;
    cells.set(`${name}_name`, one.name);
    cells.set(`${name}_telephone`, one.telephone);
    cells.set(`${name}_role`, one.role);
    cells.set(`${name}_email`, one.email ?? '');
    cells.set(`${name}_language`, one.language);
  });
  state.transmitters.slice(0, MOST_TRANSMITTERS).forEach((one, index) => {
    const name = `transmitter${index + 1}`;
    cells.set(`${name}_protocol`, one.protocol);
    cells.set(`${name}_account`, one.account);
    cells.set(`${name}_reporting_seconds`, one.reportingSeconds === null ? '' : String(one.reportingSeconds));
    cells.set(`${name}_model`, one.model ?? '');
    cells.set(
      `${name}_zones`,
      one.zones.map((zone) => `${zone.number}:${zone.kind}:${plain(zone.label)}`).join('|'),
    );
  });
  return COLUMNS.map((column) => cells.get(column.name) ?? '');
}

/** The bar separates; in a text it would begin another item. */
const plain = (text: string): string => text.replaceAll('|', '/');

/** What a session may see, in a transaction of its own: `transaction` of a request. */
type Transaction = <Result>(work: (client: PoolClient) => Promise<Result>) => Promise<Result>;
type Query = Omit<FacilityQuery, 'cursor' | 'limit'>;

/**
 * States of a search, a page at a time, each in a transaction of its own: whoever downloads slowly holds neither a connection nor a
 * snapshot. A facility whose name is changed meanwhile may so be missing or come twice.
 */
async function* statesOf(
  transaction: Transaction,
  world: World,
  query: Query,
): AsyncGenerator<readonly FacilityState[]> {
  let cursor: string | undefined;
  do {
    const from = cursor;
    const page = await transaction(async (client) => {
      const { facilities, next } = await listFacilities(client, world, {
        ...query,
        cursor: from,
        limit: PAGE,
      });
      const { rows } = await client.query<{ state: FacilityState }>({
        name: 'facility-export',
        text: 'select state from facility where world = $1 and id = any($2::uuid[])',
        values: [world, facilities.map((one) => one.id)],
      });
      return { next, states: rows.map((row) => row.state) };
    });
    yield page.states;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}

/** As CSV in the form of the template: read as fast as it is taken, and no further when nobody takes it any more. */
export function exportCsv(transaction: Transaction, world: World, query: Query): Readable {
  // Pages wait in no queue: a stream of objects would read sixteen ahead.
  return Readable.from(csvOf(transaction, world, query), { highWaterMark: 1 });
}

async function* csvOf(transaction: Transaction, world: World, query: Query): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(COLUMNS.map((one) => one.name))}`;
  for await (const states of statesOf(transaction, world, query))
    yield states.map((state) => csvLine(exportRow(state).map(safeCell))).join('');
}

/**
 * The same as XLSX; written in the workshop, so that the web goes on meanwhile and holds a page and the packed file.
 * @throws Problem `export.too-many`
 */
export async function exportXlsx(
  workshop: Workshop,
  transaction: Transaction,
  world: World,
  query: Query,
  signal: AbortSignal,
): Promise<Buffer> {
  return (await workshop.work('sheet', linesOf(transaction, world, query), signal)).content;
}

async function* linesOf(transaction: Transaction, world: World, query: Query): AsyncGenerator<Buffer> {
  const most = XLSX_LIMITS.rows;
  let found = 0;
  yield Buffer.from(JSON.stringify(COLUMNS.map((one) => one.name)));
  for await (const states of statesOf(transaction, world, query)) {
    found += states.length;
    if (found > most) {
      const text = `More than ${most} facilities: choose an area or a category, or take CSV.`;
      throw new Problem(422, 'export.too-many', text, { params: { most } });
    }
    yield Buffer.from(states.map((state) => `\n${JSON.stringify(exportRow(state))}`).join(''));
  }
}

/** The template with its example, as XLSX. */
export async function templateXlsx(workshop: Workshop): Promise<Buffer> {
  const lines = [COLUMNS.map((one) => one.name), COLUMNS.map((one) => one.example)];
  const text = lines.map((line) => JSON.stringify(line)).join('\n');
  return (await workshop.work('sheet', Buffer.from(text))).content;
}
