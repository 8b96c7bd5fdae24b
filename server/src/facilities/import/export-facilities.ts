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
export const MOST_EXPORTED = 200_000;

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

/** States of a search, a page at a time. */
async function* statesOf(
  client: PoolClient,
  world: World,
  query: Omit<FacilityQuery, 'cursor' | 'limit'>,
  most: number,
): AsyncGenerator<FacilityState[]> {
  let cursor: string | undefined;
  let found = 0;
  do {
    const page = await listFacilities(client, world, { ...query, cursor, limit: PAGE });
    const { rows } = await client.query<{ state: FacilityState }>(
      'select state from facility where world = $1 and id = any($2::uuid[])',
      [world, page.facilities.map((one) => one.id)],
    );
    found += rows.length;
    if (found > most) {
      throw new Problem(
        422,
        'export.too-many',
        `More than ${most} facilities: choose an area or a category.`,
        {
          params: { most },
        },
      );
    }
    yield rows.map((row) => row.state);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}

/** As CSV in the form of the template. */
export async function exportCsv(
  client: PoolClient,
  world: World,
  query: Omit<FacilityQuery, 'cursor' | 'limit'>,
): Promise<Readable> {
  const parts: string[] = [`\uFEFF${csvLine(COLUMNS.map((one) => one.name))}`];
  for await (const states of statesOf(client, world, query, MOST_EXPORTED)) {
    parts.push(states.map((state) => csvLine(exportRow(state).map(safeCell))).join(''));
  }
  return Readable.from(parts);
}

/** The same as XLSX; written in the workshop, so that the web goes on meanwhile. */
export async function exportXlsx(
  client: PoolClient,
  world: World,
  query: Omit<FacilityQuery, 'cursor' | 'limit'>,
): Promise<Buffer> {
  const lines = [JSON.stringify(COLUMNS.map((one) => one.name))];
  for await (const states of statesOf(client, world, query, XLSX_LIMITS.rows)) {
    lines.push(...states.map((state) => JSON.stringify(exportRow(state))));
  }
  return Buffer.from(lines.join('\n'));
}

/** The template with its example, as XLSX. */
export function templateXlsx(workshop: Workshop): Promise<Buffer> {
  const lines = [COLUMNS.map((one) => one.name), COLUMNS.map((one) => one.example)];
  return toXlsx(workshop, Buffer.from(lines.map((line) => JSON.stringify(line)).join('\n')));
}

export async function toXlsx(workshop: Workshop, lines: Buffer): Promise<Buffer> {
  return (await workshop.work('sheet', lines)).content;
}
