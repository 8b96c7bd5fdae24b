import { Problem, registeredAccount, TRANSMITTER_PROTOCOLS, type TransmitterProtocol } from '@keng/model';
import { type FacilityInput, facilityInput } from '../facility-input.ts';
import type { RegisterFacts } from '../rules.ts';
import { type KeyForm, readTransmitterKey, type TransmitterKey } from '../transmitter-key.ts';
import { columnOf, isSecretColumn, MOST_CONTACTS, MOST_TRANSMITTERS } from './columns.ts';
import type { CsvRow } from './read-csv.ts';
import { readPath } from './read-path.ts';

/** What is wrong with one cell. */
export interface RowProblem {
  readonly row: number;
  readonly column: string;
  readonly code: string;
  readonly reason: string;
  /** The cell as it stands there, shortened; null for keys. */
  readonly value: string | null;
}

export interface ReadRow {
  readonly reference: string;
  readonly input: FacilityInput;
  /** By account. */
  readonly keys: ReadonlyMap<string, TransmitterKey>;
}

const MOST_CELL_CHARACTERS = 20_000;

/** Reads the cells of one row and notes everything that is wrong with them, not just the first. */
export function readRow(csv: CsvRow, facts: RegisterFacts): ReadRow | RowProblem[] {
  const sheet = new Sheet(csv);
  if (csv.wrongWidth !== null) {
    sheet.fail('', 'import.cells-too-many', `The row has ${csv.wrongWidth} cells, more than the header.`);
  }
  const keys = new Map<string, TransmitterKey>();
  const areaCode = readArea(sheet, facts);
  const reference = sheet.needed('reference');
  const draft = {
    reference,
    name: sheet.needed('name'),
    address: sheet.needed('address'),
    areaCode,
    communeCode: sheet.text('commune_code') || null,
    communeName: sheet.text('commune') || null,
    position: readPosition(sheet),
    category: sheet.needed('category'),
    managingLevel: sheet.needed('managing_level'),
    organisation: sheet.text('organisation') || deskOf(sheet, areaCode, facts),
    contacts: count(MOST_CONTACTS).flatMap((n) => readContact(sheet, n)),
    transmitters: count(MOST_TRANSMITTERS).flatMap((n) => readTransmitter(sheet, n, keys)),
    hazards: list(sheet.text('hazards')),
    onSiteForce: { people: sheet.number('force_people') ?? 0, description: sheet.text('force_description') },
    water: list(sheet.text('water')).map((text) => readWater(sheet, text)),
    synthetic: false,
  };
  const checked = facilityInput.safeParse(draft);
  if (checked.success && sheet.problems.length === 0) return { reference, input: checked.data, keys };
  for (const issue of checked.error?.issues ?? []) {
    const column = sheet.columnAt(issue.path.join('.'));
    // A cell that could not be read at all has been told already.
    if (!sheet.hasProblem(column)) sheet.fail(column, 'import.value-invalid', issue.message);
  }
  return sheet.problems;
}

/** The cells of a row, and what was found wrong with them. */
class Sheet {
  readonly problems: RowProblem[] = [];
  readonly #csv: CsvRow;
  /** Which column number a contact or transmitter has: rows may leave one out. */
  readonly #places: { readonly contacts: number[]; readonly transmitters: number[] } = {
    contacts: [],
    transmitters: [],
  };

  constructor(csv: CsvRow) {
    this.#csv = csv;
    for (const [column, cell] of csv.cells) {
      if (cell.length > MOST_CELL_CHARACTERS) {
        this.fail(
          column,
          'import.cell-too-long',
          `It has ${cell.length} characters, ${MOST_CELL_CHARACTERS} at most.`,
        );
      }
    }
  }

  text(column: string): string {
    const cell = this.#csv.cells.get(column) ?? '';
    return cell.length > MOST_CELL_CHARACTERS ? '' : cell;
  }

  needed(column: string): string {
    const text = this.text(column);
    if (text === '' && !this.hasProblem(column))
      this.fail(column, 'import.cell-empty', 'It must not be empty.');
    return text;
  }

  /** A number with point or comma; null when empty. */
  number(column: string): number | null {
    return this.numberIn(column, this.text(column));
  }

  numberIn(column: string, text: string): number | null {
    if (text === '') return null;
    const value = /^[+-]?\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
    if (!Number.isNaN(value)) return value;
    this.fail(column, 'import.number-invalid', 'A number is wanted, like 105.85.');
    return null;
  }

  fail(column: string, code: string, reason: string): void {
    const cell = this.#csv.cells.get(column) ?? '';
    const value = isSecretColumn(column) ? null : cell.slice(0, 100);
    this.problems.push({ row: this.#csv.row, column, code, reason, value });
  }

  hasProblem(column: string): boolean {
    return this.problems.some((one) => one.column === column);
  }

  takePlace(group: 'contacts' | 'transmitters', n: number): void {
    this.#places[group].push(n);
  }

  columnAt(path: string): string {
    const [group, index, ...rest] = path.split('.');
    if ((group !== 'contacts' && group !== 'transmitters') || index === undefined) return columnOf(path);
    const place = this.#places[group][Number(index)];
    return columnOf([group, place === undefined ? index : place - 1, ...rest].join('.'));
  }
}

/** Where the problems of the rules stand in this row: contacts that were left out shift the numbers. */
export function placeProblems(
  csv: CsvRow,
  problems: readonly { readonly at: string; readonly code: string; readonly detail: string }[],
): RowProblem[] {
  const sheet = new Sheet(csv);
  for (const n of count(MOST_CONTACTS))
    if (isGiven(sheet, `contact${n}`, CONTACT_CELLS)) sheet.takePlace('contacts', n);
  for (const n of count(MOST_TRANSMITTERS)) {
    if (isGiven(sheet, `transmitter${n}`, TRANSMITTER_CELLS)) sheet.takePlace('transmitters', n);
  }
  for (const one of problems) sheet.fail(sheet.columnAt(one.at), one.code, one.detail);
  return sheet.problems;
}

const CONTACT_CELLS = ['name', 'telephone', 'role', 'email'];
const TRANSMITTER_CELLS = ['account', 'key', 'reporting_seconds', 'model', 'zones'];

function isGiven(sheet: Sheet, prefix: string, cells: readonly string[]): boolean {
  return cells.some((cell) => sheet.text(`${prefix}_${cell}`) !== '');
}

function readArea(sheet: Sheet, facts: RegisterFacts): string {
  const text = sheet.needed('area');
  const found = facts.areas.findProvince(text);
  if (text !== '' && found === null) sheet.fail('area', 'facility.area-unknown', 'There is no such area.');
  return found ?? text;
}

function deskOf(sheet: Sheet, areaCode: string, facts: RegisterFacts): string {
  for (const one of facts.organisations.values()) {
    if (one.level === 'province' && one.areaCode === areaCode) return one.code;
  }
  if (!sheet.hasProblem('area')) {
    sheet.fail(
      'organisation',
      'import.cell-empty',
      'This centre has no desk for the area: name an organisation.',
    );
  }
  return 'none';
}

function readPosition(sheet: Sheet): [number, number] | null {
  const longitude = sheet.number('longitude');
  const latitude = sheet.number('latitude');
  if (longitude === null && latitude === null) return null;
  if (longitude === null || latitude === null) {
    const column = longitude === null ? 'longitude' : 'latitude';
    if (!sheet.hasProblem(column))
      sheet.fail(column, 'import.cell-empty', 'Longitude and latitude belong together.');
    return null;
  }
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) {
    const column = Math.abs(latitude) > 90 ? 'latitude' : 'longitude';
    sheet.fail(
      column,
      'import.position-invalid',
      'It is out of range: were longitude and latitude exchanged?',
    );
    return null;
  }
  return [longitude, latitude];
}

function readContact(sheet: Sheet, n: number): unknown[] {
  const prefix = `contact${n}`;
  if (!isGiven(sheet, prefix, CONTACT_CELLS)) return [];
  sheet.takePlace('contacts', n);
  const telephone = sheet.needed(`${prefix}_telephone`).replace(/[\s.()\-\u00a0]/g, '');
  if (telephone !== '' && !/^\+?[0-9]{3,20}$/.test(telephone)) {
    sheet.fail(`${prefix}_telephone`, 'import.telephone-invalid', 'Only digits, with + before the country.');
  }
  return [
    {
      order: n,
      name: sheet.needed(`${prefix}_name`),
      role: sheet.text(`${prefix}_role`),
      telephone,
      email: sheet.text(`${prefix}_email`) || null,
      language: sheet.text(`${prefix}_language`).toLowerCase() || 'vi',
    },
  ];
}

function readTransmitter(sheet: Sheet, n: number, keys: Map<string, TransmitterKey>): unknown[] {
  const prefix = `transmitter${n}`;
  if (!isGiven(sheet, prefix, TRANSMITTER_CELLS)) return [];
  sheet.takePlace('transmitters', n);
  const protocol = readProtocol(sheet, prefix);
  const account = registeredAccount(protocol, sheet.needed(`${prefix}_account`));
  if (account !== '' && !/^[0-9A-F]{3,16}$/.test(account)) {
    sheet.fail(`${prefix}_account`, 'import.account-invalid', '3 to 16 hexadecimal digits are wanted.');
  }
  const key = readKey(sheet, prefix, protocol);
  if (key) keys.set(account, key);
  return [
    {
      protocol,
      account,
      model: sheet.text(`${prefix}_model`) || null,
      reportingSeconds: sheet.number(`${prefix}_reporting_seconds`),
      ...readSupervision(sheet, prefix),
      zones: list(sheet.text(`${prefix}_zones`)).map((text) => readZone(sheet, `${prefix}_zones`, text)),
    },
  ];
}

/** An empty cell says nothing: what is registered stays. */
function readSupervision(sheet: Sheet, prefix: string): { category?: string; paths?: unknown[] } {
  const category = sheet.text(`${prefix}_category`);
  const column = `${prefix}_paths`;
  const paths = list(sheet.text(column)).map((text) =>
    readPath(text, (why) => sheet.fail(column, 'import.path-invalid', why)),
  );
  return { ...(category === '' ? {} : { category }), ...(paths.length === 0 ? {} : { paths }) };
}

function readProtocol(sheet: Sheet, prefix: string): TransmitterProtocol {
  const text = sheet.text(`${prefix}_protocol`).toLowerCase() || 'dc09';
  const protocol = TRANSMITTER_PROTOCOLS.find((one) => one === text);
  if (protocol) return protocol;
  sheet.fail(
    `${prefix}_protocol`,
    'import.protocol-unknown',
    `One of ${TRANSMITTER_PROTOCOLS.join(', ')} is wanted.`,
  );
  return 'dc09';
}

const FORMS: Readonly<Record<string, KeyForm>> = { '': 'hex', hex: 'hex', ascii: 'ascii' };

function readKey(sheet: Sheet, prefix: string, protocol: TransmitterProtocol): TransmitterKey | null {
  const text = sheet.text(`${prefix}_key`);
  if (text === '') return null;
  if (protocol === 'gb26875') {
    sheet.fail(`${prefix}_key`, 'facility.key-impossible', 'GB/T 26875.3 knows no keys: leave it empty.');
    return null;
  }
  const form = FORMS[sheet.text(`${prefix}_key_form`).toLowerCase()];
  if (form === undefined) {
    sheet.fail(`${prefix}_key_form`, 'import.choice-invalid', 'hex or ascii is wanted.');
    return null;
  }
  try {
    return readTransmitterKey(text, form);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    sheet.fail(`${prefix}_key`, error.code, error.message);
    return null;
  }
}

/** `1:smoke:Tầng 1`; the label may hold colons. */
function readZone(sheet: Sheet, column: string, text: string): unknown {
  const [number = '', kind = '', label = ''] = threeParts(text);
  if (number === '' || kind === '') {
    sheet.fail(column, 'import.zone-invalid', `"${text.slice(0, 60)}" is not number:kind:label.`);
    return { number: '?', kind: 'other', label: '' };
  }
  return { number, kind: kind.toLowerCase(), label };
}

function readWater(sheet: Sheet, text: string): unknown {
  const [kind = '', capacity = '', description = ''] = threeParts(text);
  return {
    kind: kind.toLowerCase(),
    capacityM3: sheet.numberIn('water', capacity),
    description,
    position: null,
  };
}

/** The third part may hold colons of its own. */
function threeParts(text: string): string[] {
  const [first = '', second = '', ...rest] = text.split(':');
  return [first, second, rest.join(':')].map((part) => part.trim());
}

const list = (text: string): string[] =>
  text
    .split('|')
    .map((part) => part.trim())
    .filter((part) => part !== '');

const count = (most: number): number[] => Array.from({ length: most }, (_, index) => index + 1);
