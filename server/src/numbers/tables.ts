import { type ListedIncident, type ListedLoss, MEASURES, type World } from '@keng/model';
import { type Cell, CSV_START, csvLine, type PoolClient } from '../platform/index.ts';
import { alarmNumbers, facilityNumbers, linkNumbers, timeNumbers } from './ask.ts';
import type { Cursor, ListAsked } from './lists.ts';

/** Every table of the page, and the lists behind them. */
export const SUM_TABLES = [
  'days',
  'outcomes',
  'causes',
  'models',
  'families',
  'areas',
  'facilities',
  'times',
  'time-buckets',
  'link-models',
  'link-days',
] as const;
type SumTable = (typeof SUM_TABLES)[number];
export const LIST_TABLES = ['incidents', 'links'] as const;
type ListTable = (typeof LIST_TABLES)[number];
export const TABLES = [...SUM_TABLES, ...LIST_TABLES] as const;

export function isListTable(table: (typeof TABLES)[number]): table is ListTable {
  return table === 'incidents' || table === 'links';
}

const MOST_FACILITIES = 10_000;

/** A table of sums as lines of CSV; codes, not names, so that files of two languages can be put together. */
export async function sumLines(
  client: PoolClient,
  world: World,
  table: SumTable,
  asked: ListAsked,
): Promise<string[]> {
  const [head, rows] = await sumRows(client, world, table, asked);
  return [CSV_START + csvLine(head), ...rows.map(csvLine)];
}

async function sumRows(
  client: PoolClient,
  world: World,
  table: SumTable,
  asked: ListAsked,
): Promise<readonly [head: readonly string[], rows: readonly (readonly Cell[])[]]> {
  const alarms = () => alarmNumbers(client, world, asked);
  const counted = (name: string, rows: readonly { code: string; incidents: number; false: number }[]) =>
    [[name, 'alarms', 'false_alarms'], rows.map((one) => [one.code, one.incidents, one.false])] as const;
  switch (table) {
    case 'days':
      return [
        ['day', 'alarms', 'false_alarms'],
        (await alarms()).days.map((one) => [one.day, one.incidents, one.false]),
      ];
    case 'outcomes':
      return [
        ['outcome', 'alarms'],
        (await alarms()).outcomes.map((one) => [one.outcome || 'open', one.incidents]),
      ];
    case 'causes':
      return counted('cause', (await alarms()).causes);
    case 'models':
      return counted('make_and_model', (await alarms()).models);
    case 'families':
      return counted('detector', (await alarms()).families);
    case 'areas':
      return counted('area', (await alarms()).areas);
    case 'facilities':
      return [
        ['facility', 'name', 'false_alarms'],
        (await facilityNumbers(client, world, asked, MOST_FACILITIES)).map((one) => [
          one.facility,
          one.name,
          one.false,
        ]),
      ];
    case 'times':
      return [
        [
          'measure',
          'done',
          'never',
          'within_own_limit',
          'mean_seconds',
          'p50_seconds',
          'p90_seconds',
          'p98_seconds',
        ],
        (await timeNumbers(client, world, asked)).map((one) => [
          one.measure,
          one.done,
          one.never,
          one.within,
          one.meanSeconds,
          one.p50,
          one.p90,
          one.p98,
        ]),
      ];
    case 'time-buckets':
      return [
        ['measure', 'up_to_seconds', 'alarms'],
        (await timeNumbers(client, world, asked)).flatMap(({ measure, buckets }) =>
          buckets.map((one) => [measure, one.seconds, one.incidents]),
        ),
      ];
    case 'link-models':
      return [
        ['make_and_model', 'lost', 'mean_seconds'],
        (await linkNumbers(client, world, asked)).models.map((one) => [one.code, one.lost, one.meanSeconds]),
      ];
    case 'link-days':
      return [
        ['day', 'lost'],
        (await linkNumbers(client, world, asked)).days.map((one) => [one.day, one.lost]),
      ];
  }
}

/** How the pages of a list are got. */
export interface Pages {
  readonly incidents: (asked: ListAsked, after: Cursor | null, limit: number) => Promise<ListedIncident[]>;
  readonly losses: (asked: ListAsked, after: Cursor | null, limit: number) => Promise<ListedLoss[]>;
}

const PAGE = 1_000;
/** A file that a spreadsheet still opens; what is longer is asked for by shorter periods. */
const MOST_LINES = 500_000;

/** A list as lines of CSV, page after page as fast as they are taken. */
export async function* listLines(table: ListTable, asked: ListAsked, pages: Pages): AsyncGenerator<string> {
  yield CSV_START + csvLine(table === 'incidents' ? INCIDENT_HEAD : LOSS_HEAD);
  let after: Cursor | null = null;
  for (let lines = 0; lines < MOST_LINES; lines += PAGE) {
    const [text, last, count]: Page =
      table === 'incidents'
        ? pageOf(await pages.incidents(asked, after, PAGE), incidentCells, (one) => [one.openedAt, one.id])
        : pageOf(await pages.losses(asked, after, PAGE), lossCells, (one) => [one.lostAt, one.transmitter]);
    if (text !== '') yield text;
    if (last === null || count < PAGE) return;
    after = { at: last[0], id: last[1] };
  }
}

type Page = readonly [text: string, last: readonly [string, string] | null, count: number];

function pageOf<Row>(
  rows: readonly Row[],
  cells: (row: Row) => readonly Cell[],
  keyOf: (row: Row) => readonly [string, string],
): Page {
  const last = rows.at(-1);
  return [
    rows.map((row) => csvLine(cells(row))).join(''),
    last === undefined ? null : keyOf(last),
    rows.length,
  ];
}

const INCIDENT_HEAD = [
  'number',
  'incident',
  'opened_at',
  'facility',
  'facility_name',
  'area',
  'category',
  'make_and_model',
  'detector',
  'outcome',
  'cause',
  ...MEASURES.map((measure) => `${measure}_seconds`),
];

function incidentCells(one: ListedIncident): readonly Cell[] {
  return [
    one.number,
    one.id,
    one.openedAt,
    one.facility,
    one.facilityName,
    one.areaCode,
    one.category,
    one.model,
    one.family,
    one.outcome || 'open',
    one.cause,
    ...MEASURES.map((measure) => one.seconds[measure]),
  ];
}

const LOSS_HEAD = [
  'transmitter',
  'account',
  'facility',
  'facility_name',
  'area',
  'make_and_model',
  'lost_at',
  'restored_at',
];

function lossCells(one: ListedLoss): readonly Cell[] {
  return [
    one.transmitter,
    one.account,
    one.facility,
    one.facilityName,
    one.areaCode,
    one.model,
    one.lostAt,
    one.restoredAt,
  ];
}
