import { PlatformError } from './platform-error.ts';

/** One row of the table of settings: a flag, its environment variable, its default and how its text is read. */
export interface Setting<Value> {
  /** Without the dashes; undefined: only the environment, because it may hold a secret. */
  readonly flag: string | undefined;
  readonly env: string;
  /** As a user would write it; undefined: not set. */
  readonly default: string | undefined;
  readonly help: string;
  /** What stands for the value in the help, e.g. `HOST:PORT`; undefined: a switch without a value. */
  readonly value: string | undefined;
  readonly group: SettingGroup;
  /** Throws an Error that says what is wrong with the text; gets undefined when there is neither value nor default. */
  readonly parse: (text: string | undefined) => Value;
}

export type SettingGroup =
  | 'Addresses'
  | 'Data'
  | 'Roles'
  | 'Centre'
  | 'Telephone gateway'
  | 'E-mail'
  | 'Web push'
  | 'Webhooks'
  | 'Identity'
  | 'Backup'
  | 'Running';

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** `127.0.0.1:8114`, `[::]:8114`, `:8114` (all interfaces), or `off`. Port 0 lets the system choose (tests). */
export function parseListenAddress(text: string | undefined): ListenAddress | null {
  if (text === undefined || text === 'off') return null;
  const match = /^(?:\[([^\]]*)\]|([^:]*)):(\d+)$/.exec(text);
  const port = Number(match?.[3]);
  if (!match || port > 65_535) throw new Error('HOST:PORT or off was expected');
  return { host: match[1] || match[2] || '::', port };
}

export function requireListenAddress(text: string | undefined): ListenAddress {
  const address = parseListenAddress(text);
  if (address === null) throw new Error('HOST:PORT was expected');
  return address;
}

export function formatListenAddress(address: ListenAddress): string {
  return `${address.host.includes(':') ? `[${address.host}]` : address.host}:${address.port}`;
}

export function parseUrl(text: string | undefined): string | null {
  if (text === undefined) return null;
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new Error('http:// or https:// was expected');
  return url.href.replace(/\/$/, '');
}

export function parseMailUrl(text: string | undefined): string | null {
  if (text === undefined) return null;
  const url = new URL(text);
  if (url.protocol !== 'smtp:' && url.protocol !== 'smtps:')
    throw new Error('smtp:// or smtps:// was expected');
  // Arguments are visible to every user of the machine.
  if (url.username !== '' || url.password !== '')
    throw new Error('the log-in is given apart from the address');
  return url.href;
}

/** A tag of 43 characters comes behind the part before the @, and servers take 64 (RFC 5321, 4.5.3.1.1). */
export function parseReturnAddress(text: string | undefined): string | null {
  if (text === undefined) return null;
  if (!/^[\w.-]{1,21}@[\w.-]{1,200}$/.test(text))
    throw new Error('an address with at most 21 letters, figures, dots and dashes before the @ was expected');
  return text;
}

export function parseText(text: string | undefined): string | null {
  return text ?? null;
}

export function requireText(text: string | undefined): string {
  if (text === undefined || text === '') throw new Error('a text was expected');
  return text;
}

export function requireCode(text: string | undefined): string {
  if (text === undefined || !/^[a-z0-9][a-z0-9-]{0,31}$/.test(text)) {
    throw new Error('small letters, digits and dashes were expected, at most 32');
  }
  return text;
}

export function parseSwitch(text: string | undefined): boolean {
  if (text === undefined || ['false', '0', 'no', 'off'].includes(text)) return false;
  if (['true', '1', 'yes', 'on', ''].includes(text)) return true;
  throw new Error('true or false was expected');
}

export function parseChoice<const Choice extends string>(
  choices: readonly Choice[],
): (text: string | undefined) => Choice {
  return (text) => {
    const found = choices.find((choice) => choice === text);
    if (found === undefined) throw new Error(`one of ${choices.join(', ')} was expected`);
    return found;
  };
}

export function parseList<const Choice extends string>(
  choices: readonly Choice[],
): (text: string | undefined) => readonly Choice[] {
  const parse = parseChoice(choices);
  return (text) => {
    const parts = (text ?? '').split(',').map((part) => part.trim());
    return [...new Set(parts.filter((part) => part !== '').map(parse))];
  };
}

/** A whole number in a range. */
export function parseCount(least: number, most: number): (text: string | undefined) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text ?? '') ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most))
      throw new Error(`a whole number from ${least} to ${most} was expected`);
    return value;
  };
}

/** Any texts, parted by commas. */
export function parseTexts(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

export type SettingValues<Table> = {
  readonly [Name in keyof Table]: Table[Name] extends Setting<infer Value> ? Value : never;
};

export interface SettingSources {
  /** What `parseArgs` found, by flag. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A flag beats the environment, which beats the default. All that is wrong is told at once. */
export function readSettings<Table extends Readonly<Record<string, Setting<unknown>>>>(
  table: Table,
  sources: SettingSources,
): SettingValues<Table> {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(table)) {
    const found = findText(setting, sources);
    try {
      values[name] = setting.parse(found.text);
    } catch (error) {
      faults.push(`${found.from}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (faults.length > 0) {
    throw new PlatformError(
      'setting-invalid',
      `settings cannot be used: ${faults.join('; ')}`,
      '"keng serve --help" lists every setting with its default',
    );
  }
  // Every key of the table was filled by its own parse above.
  return values as SettingValues<Table>;
}

function findText(
  setting: Setting<unknown>,
  sources: SettingSources,
): { text: string | undefined; from: string } {
  const flag = setting.flag === undefined ? undefined : sources.flags[setting.flag];
  if (flag !== undefined) return { text: String(flag), from: `--${setting.flag} ${String(flag)}` };
  const fromEnv = sources.env[setting.env];
  // An empty variable is how shells and unit files say "not set". Its value is not repeated: it may be a secret.
  if (fromEnv !== undefined && fromEnv !== '') return { text: fromEnv, from: setting.env };
  return { text: setting.default, from: setting.env };
}

type ParseArgsOptions = Record<string, { type: 'string' | 'boolean' }>;

/** The `options` of node:util parseArgs for a table. */
export function parseArgsOptions(table: Readonly<Record<string, Setting<unknown>>>): ParseArgsOptions {
  const options: ParseArgsOptions = {};
  for (const { flag, value } of Object.values(table)) {
    if (flag !== undefined) options[flag] = { type: value === undefined ? 'boolean' : 'string' };
  }
  return options;
}

export function settingsHelp(table: Readonly<Record<string, Setting<unknown>>>): string {
  const rows = Object.values(table);
  const lines: string[] = [];
  for (const group of new Set(rows.map((row) => row.group))) {
    lines.push('', `${group}:`);
    for (const row of rows.filter((candidate) => candidate.group === group)) lines.push(...helpLines(row));
  }
  return lines.slice(1).join('\n');
}

function helpLines(row: Setting<unknown>): string[] {
  const flag =
    row.flag === undefined ? '(environment only)' : `--${row.flag}${row.value ? ` ${row.value}` : ''}`;
  return [
    `  ${flag}`,
    `      ${row.help}`,
    `      environment ${row.env}, default ${row.default === undefined ? 'none' : row.default}`,
  ];
}
