import type { Dc09Class, Dc09Family } from './event.ts';

/** What the number behind a code counts (SIA DC-03: the "address field" of the code). */
export type NumberMeaning = 'zone' | 'area' | 'user' | 'door' | 'unit' | 'none';

export interface TextCode {
  readonly family: Dc09Family;
  readonly class: Dc09Class;
  readonly number: NumberMeaning;
  /** English name for logs and documentation; screens translate the code. */
  readonly title: string;
}

const unknownCode: TextCode = {
  family: 'other',
  class: 'other',
  number: 'zone',
  title: 'Code outside the fire tables',
};

type Row = readonly [code: string, kind: Dc09Class, number: NumberMeaning, title: string];

/**
 * Fire family F. Source: SIA DC-03 as printed in public tables, with the reading of fire panel manuals
 * (Silent Knight, Honeywell Farenhyt, Wheelock, Cooper, Potter); handbook section 3. FI and FK name an area.
 */
const fireRows: readonly Row[] = [
  ['FA', 'alarm', 'zone', 'Fire alarm'],
  ['FM', 'alarm', 'zone', 'Fire cross-point alarm, verified by a second detector'],
  ['FH', 'restore', 'zone', 'Fire alarm restored'],
  ['FR', 'restore', 'zone', 'Fire restored'],
  ['FT', 'trouble', 'zone', 'Fire trouble'],
  ['FW', 'trouble', 'zone', 'Fire point wiring trouble'],
  ['FY', 'trouble', 'zone', 'Fire point missing'],
  ['FJ', 'trouble-restore', 'zone', 'Fire trouble restored'],
  ['FQ', 'trouble-restore', 'zone', 'Fire point missing restored'],
  ['FS', 'supervisory', 'zone', 'Fire supervisory'],
  ['FZ', 'supervisory', 'zone', 'Fire supervisory point missing'],
  ['FV', 'supervisory-restore', 'zone', 'Fire supervisory restored'],
  ['FB', 'disable', 'zone', 'Fire zone bypassed'],
  ['FU', 'enable', 'zone', 'Fire zone bypass ended'],
  ['FX', 'test', 'zone', 'Fire test'],
  ['FI', 'test', 'area', 'Fire test begins'],
  ['FK', 'test', 'area', 'Fire test ends'],
  ['FC', 'cancel', 'zone', 'Fire alarm cancelled'],
  ['FG', 'unverified', 'zone', 'Unverified fire event'],
  ['FL', 'silenced', 'zone', 'Fire alarm silenced'],
];

/** The second letter means the same in the four families below; only gas has a test code (handbook 3). */
const commonRows: readonly (readonly [letter: string, kind: Dc09Class, title: string])[] = [
  ['A', 'alarm', 'alarm'],
  ['H', 'restore', 'alarm restored'],
  ['R', 'restore', 'restored'],
  ['T', 'trouble', 'trouble'],
  ['J', 'trouble-restore', 'trouble restored'],
  ['S', 'supervisory', 'supervisory'],
  ['B', 'disable', 'zone bypassed'],
  ['U', 'enable', 'zone bypass ended'],
];

const commonFamilies: readonly (readonly [letter: string, family: Dc09Family, title: string])[] = [
  ['K', 'heat', 'Heat'],
  ['S', 'sprinkler', 'Sprinkler'],
  ['G', 'gas', 'Gas'],
  ['W', 'water', 'Water'],
];

/**
 * System codes that a fire centre needs for the health of panel and link. Source: SIA DC-03 public tables,
 * handbook section 3. YP and YQ: power supply (one maker uses them for an earth fault).
 */
const systemRows: readonly Row[] = [
  ['AT', 'trouble', 'unit', 'Mains failure'],
  ['AR', 'trouble-restore', 'unit', 'Mains restored'],
  ['YT', 'trouble', 'unit', 'Battery trouble'],
  ['YR', 'trouble-restore', 'unit', 'Battery restored'],
  ['YM', 'trouble', 'unit', 'Battery missing'],
  ['YP', 'trouble', 'unit', 'Power supply trouble'],
  ['YQ', 'trouble-restore', 'unit', 'Power supply restored'],
  ['YC', 'trouble', 'unit', 'Communication failure'],
  ['YK', 'trouble-restore', 'unit', 'Communication restored'],
  ['YS', 'trouble', 'unit', 'Communication trouble'],
  ['ET', 'trouble', 'unit', 'Expansion module trouble'],
  ['ER', 'trouble-restore', 'unit', 'Expansion module restored'],
  ['TA', 'tamper', 'zone', 'Tamper'],
  ['TR', 'tamper-restore', 'zone', 'Tamper restored'],
  ['YX', 'service', 'unit', 'Service required'],
  ['YZ', 'service', 'unit', 'Service completed'],
  ['RP', 'test', 'unit', 'Automatic test'],
  ['RX', 'test', 'user', 'Manual test'],
  ['TX', 'test', 'unit', 'Test report'],
];

/** All codes with a meaning of their own here; every other code is family and class `other`. */
export const textCodes: ReadonlyMap<string, TextCode> = buildTable();

function buildTable(): Map<string, TextCode> {
  const table = new Map<string, TextCode>();
  const add = (family: Dc09Family, [code, kind, number, title]: Row) =>
    table.set(code, { family, class: kind, number, title });
  for (const row of fireRows) add('fire', row);
  for (const [letter, family, name] of commonFamilies) {
    for (const [second, kind, title] of commonRows) {
      add(family, [letter + second, kind, 'zone', `${name} ${title}`]);
    }
  }
  add('gas', ['GX', 'test', 'zone', 'Gas test']);
  for (const row of systemRows) add('system', row);
  return table;
}

/** Meaning of a two-letter code; never fails, since an unknown code must not cost a fire (handbook 1.2). */
export function textCode(code: string): TextCode {
  return textCodes.get(code) ?? unknownCode;
}
