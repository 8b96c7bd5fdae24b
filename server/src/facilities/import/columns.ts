import { type FieldProblem, TRANSMITTER_PROTOCOLS } from '@keng/model';

export const MOST_CONTACTS = 6;
export const MOST_TRANSMITTERS = 4;

export interface Column {
  readonly name: string;
  /** A file without this column is refused as a whole. */
  readonly required: boolean;
  /** What stands in the second line of the template. */
  readonly example: string;
  readonly help: string;
}

const column = (name: string, example: string, help: string, required = false): Column => ({
  name,
  required,
  example,
  help,
});

const contactColumns = (n: number): Column[] => [
  column(`contact${n}_name`, n <= 3 ? `Người trực ${n}` : '', 'who is called; contact 1 first', n <= 3),
  column(
    `contact${n}_telephone`,
    n <= 3 ? `+84 000 000 00${n}` : '',
    'digits; spaces, dots, dashes are left out',
    n <= 3,
  ),
  column(`contact${n}_role`, n <= 3 ? 'bảo vệ' : '', 'what they are there'),
  column(`contact${n}_email`, '', 'optional'),
  column(`contact${n}_language`, '', 'vi, en, ru or zh; empty: vi'),
];

const transmitterColumns = (n: number): Column[] => [
  column(`transmitter${n}_protocol`, '', `${TRANSMITTER_PROTOCOLS.join(', ')}; empty: dc09`),
  column(
    `transmitter${n}_account`,
    n === 1 ? 'A1B2' : '',
    '3 to 16 hexadecimal digits; gb26875: the source address, highest byte first; empty: no such transmitter',
  ),
  column(`transmitter${n}_key`, '', 'AES key; empty: plain, or the key that is set already'),
  column(
    `transmitter${n}_key_form`,
    '',
    'hex (32, 48 or 64 digits) or ascii (16, 24 or 32 characters); empty: hex',
  ),
  column(
    `transmitter${n}_reporting_seconds`,
    n === 1 ? '300' : '',
    'a message is expected in this time; empty: not supervised',
  ),
  column(
    `transmitter${n}_category`,
    '',
    'supervision category of the country (SP4, DP3 ...), which gives the time; empty: as it is registered, or a time of its own',
  ),
  column(
    `transmitter${n}_paths`,
    '',
    'medium:carrier:marks, the primary first, separated by |; marks line=1, receiver=2, listener=dc09-udp, network=203.0.113.0/24, separated by ;; empty: as it is registered',
  ),
  column(`transmitter${n}_model`, '', 'make and model'),
  column(
    `transmitter${n}_zones`,
    n === 1 ? '1:smoke:Tầng 1|2:manual:Sảnh' : '',
    'number:kind:label, separated by |',
  ),
];

const numbers = (most: number): number[] => Array.from({ length: most }, (_, index) => index + 1);

/** Every column a file may have, in the order of the template. Their order in a file does not matter. */
export const COLUMNS: readonly Column[] = [
  column(
    'reference',
    'HN-000123',
    'number in your own register: the same number again changes that facility',
    true,
  ),
  column('name', 'Trường tiểu học (ví dụ)', 'name of the facility', true),
  column('address', '15 Trần Hưng Đạo', 'address', true),
  column('area', '01', 'code or name of the province', true),
  column('commune_code', '', 'official code of the commune; empty: by position'),
  column('commune', '', 'name of the commune'),
  column('longitude', '105.8500', 'degrees, WGS 84; empty together with latitude: not known'),
  column('latitude', '21.0300', 'degrees, WGS 84'),
  column('category', 'school', 'code of the category of use', true),
  column('managing_level', 'commune', 'province or commune', true),
  column('organisation', '', 'code of the station that turns out; empty: the desk of the province'),
  ...numbers(MOST_CONTACTS).flatMap(contactColumns),
  ...numbers(MOST_TRANSMITTERS).flatMap(transmitterColumns),
  column('hazards', 'gas|chemicals', 'separated by |'),
  column('force_people', '5', 'people of the own fire team; empty: 0'),
  column('force_description', '', 'their equipment'),
  column(
    'water',
    'tank:60:bể ngầm sau nhà|hydrant::trước cổng',
    'kind:cubic metres:description, separated by |; kinds hydrant, tank, pond, river, other',
  ),
];

/** Keys are never repeated in a report. */
export function isSecretColumn(name: string): boolean {
  return name.endsWith('_key');
}

/** The template as CSV: byte order mark (or spreadsheets take it for another encoding), header, one synthetic example. */
export function templateCsv(): string {
  return `\uFEFF${csvLine(COLUMNS.map((one) => one.name))}${csvLine(COLUMNS.map((one) => one.example))}`;
}

/** A row of CSV with its end. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(quoted).join(',')}\r\n`;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** The column of a problem of the rules: `contacts.0.telephone` is contact1_telephone. */
export function columnOf(at: FieldProblem['at']): string {
  const [member = '', index, field = ''] = at.split('.');
  const place = Number(index) + 1;
  switch (member) {
    case 'contacts':
      return index === undefined
        ? `contact${MOST_CONTACTS_NEEDED}_telephone`
        : `contact${place}_${CONTACT_FIELDS[field] ?? 'name'}`;
    case 'transmitters':
      return `transmitter${place}_${TRANSMITTER_FIELDS[field] ?? 'account'}`;
    default:
      return MEMBERS[member] ?? member;
  }
}

/** "Too few contacts" points at the third one. */
const MOST_CONTACTS_NEEDED = 3;
const CONTACT_FIELDS: Readonly<Record<string, string>> = {
  telephone: 'telephone',
  order: 'telephone',
  email: 'email',
  role: 'role',
  language: 'language',
};
const TRANSMITTER_FIELDS: Readonly<Record<string, string>> = {
  protocol: 'protocol',
  zones: 'zones',
  reportingSeconds: 'reporting_seconds',
  category: 'category',
  paths: 'paths',
  model: 'model',
};
const MEMBERS: Readonly<Record<string, string>> = {
  areaCode: 'area',
  position: 'longitude',
  communeCode: 'commune_code',
  communeName: 'commune',
  managingLevel: 'managing_level',
  onSiteForce: 'force_people',
};
