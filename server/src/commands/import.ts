import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { CountryPack } from '@keng/country-vn';
import { type Actor, LIVE, Problem } from '@keng/model';
import { AreaBook, importAreas, MOST_AREA_BYTES, provinceIndex } from '../areas/index.ts';
import {
  IMPORT_MODES,
  type ImportReport,
  importFacilities,
  keyEncryptionKey,
  loadFacts,
  type OpenedXlsx,
  seeingAll,
  templateCsv,
  Workshop,
  XLSX_LIMITS,
  xlsxReader,
} from '../facilities/index.ts';
import {
  type DatabaseAddress,
  loadSecrets,
  migrate,
  PlatformError,
  type Settings,
  serveOptions,
  systemClock,
  transaction,
} from '../platform/index.ts';
import { countryPack } from '../roles/country.ts';
import { establish } from '../roles/establish-centre.ts';
import type { Command, CommandContext } from './command.ts';
import { databaseOptions, withDatabase, withPool } from './database-options.ts';
import { untilStopped } from './until-stopped.ts';

const MOST_LINES = 50;
/** As a shell tells that Ctrl-C ended a program. */
const STOPPED = 130;
/** Whoever sits at the machine: there is no log-in on the command line. */
const IMPORTER: Actor = { kind: 'system', id: 'import', name: `keng import, ${os.userInfo().username}` };

export const command: Command = {
  name: 'import',
  summary: 'take facilities (CSV, XLSX) or areas (TopoJSON) into the register',
  positionals: 'facilities FILE | areas FILE | template',
  options: {
    ...databaseOptions,
    country: serveOptions.country ?? { type: 'string' },
    mode: { type: 'string' },
  },
  help: () =>
    [
      '  facilities FILE   CSV in UTF-8, or the first sheet of an XLSX file, with the columns of the template',
      '      --mode check           look only (default)',
      '      --mode take-good       take the good rows, tell the bad ones',
      '      --mode all-or-nothing  take the file only if every row is good',
      '  areas FILE        TopoJSON of communes in place of those imported before',
      '  template          print the CSV template',
      '',
      '  --data FOLDER, --database-url URL, --country CODE: as for "keng serve"',
    ].join('\n'),
  async run(context) {
    const [what, file, ...rest] = context.positionals;
    if (what === 'template' && file === undefined) {
      context.print(templateCsv().trimEnd());
      return 0;
    }
    if ((what !== 'facilities' && what !== 'areas') || file === undefined || rest.length > 0) {
      throw new PlatformError(
        'command-unknown',
        'what and which file to import was expected',
        'write "keng import facilities FILE" or "keng import areas FILE"',
      );
    }
    return await untilStopped(async (signal) => {
      try {
        return await withDatabase(context, async ({ address }, settings) => {
          await migrate({ address, log: context.print });
          await establish(address, settings.origin, countryPack(settings.country));
          return what === 'areas'
            ? await takeAreas(context, address, file, countryPack(settings.country))
            : await takeFacilities(context, address, file, settings, signal);
        });
      } catch (error) {
        // Whatever broke first: in a terminal Ctrl-C also reaches what this process has started.
        if (signal.aborted) {
          context.print(`${file}: stopped; nothing of the file was stored [import.stopped]`);
          return STOPPED;
        }
        if (!(error instanceof Problem)) throw error;
        context.print(`${file}: ${error.at ? `${error.at}: ` : ''}${error.message} [${error.code}]`);
        return 1;
      }
    });
  },
};

async function takeAreas(
  { print }: CommandContext,
  address: DatabaseAddress,
  file: string,
  country: CountryPack,
): Promise<number> {
  const { size } = await stat(file);
  if (size > MOST_AREA_BYTES) {
    throw new Problem(
      413,
      'areas.file-too-large',
      `It has ${size} bytes; simplify its outlines to ${MOST_AREA_BYTES} or fewer.`,
    );
  }
  const bytes = await readFile(file);
  const as = { role: 'keng_core', applicationName: 'keng-import' } as const;
  const { communes } = await withPool(address, as, (pool) =>
    transaction(pool, (client) =>
      importAreas(client, {
        file: path.basename(file),
        bytes,
        provinces: provinceIndex(country),
        now: systemClock.now(LIVE),
        actor: IMPORTER,
        progress: print,
      }),
    ),
  );
  print(`${communes} communes imported`);
  return 0;
}

async function takeFacilities(
  { print, values, env }: CommandContext,
  address: DatabaseAddress,
  file: string,
  settings: Settings,
  signal: AbortSignal,
): Promise<number> {
  const mode = IMPORT_MODES.find((one) => one === (values.mode ?? 'check'));
  if (mode === undefined) {
    throw new PlatformError(
      'setting-invalid',
      `--mode ${String(values.mode)} is unknown`,
      `use one of ${IMPORT_MODES.join(', ')}`,
    );
  }
  const opened = await openedXlsx(file);
  const country = countryPack(settings.country);
  const areas = new AreaBook(country);
  const secrets = loadSecrets(settings, env);
  const as = { role: 'keng_web', applicationName: 'keng-import' } as const;
  const now = systemClock.now(LIVE);
  const report = await withPool(address, as, (pool) =>
    seeingAll(pool, async (client) =>
      importFacilities(client, {
        file: path.basename(file),
        source: createReadStream(file),
        ...(opened === null ? {} : { read: opened.read }),
        signal,
        mode,
        hand: { world: LIVE, at: now, actor: IMPORTER },
        facts: await loadFacts(client, LIVE, country, areas),
        kek: keyEncryptionKey(secrets.deviceKeys.reveal()),
        recordedAt: now,
        progress: everySoOften(print, opened?.rows ?? null),
      }),
    ),
  );
  printReport(print, report, mode);
  return report.refused === 0 ? 0 : 1;
}

/** How an XLSX file begins, as every ZIP archive does. No line of a CSV file begins so. */
const ZIP = Buffer.from('PK\u0003\u0004', 'latin1');

/** null: it is CSV, which is read a row at a time. An XLSX file is opened in the workshop, as one that came by HTTP. */
async function openedXlsx(file: string): Promise<OpenedXlsx | null> {
  const opened = await open(file);
  try {
    const { buffer, bytesRead } = await opened.read(Buffer.alloc(ZIP.length), 0, ZIP.length, 0);
    if (bytesRead < ZIP.length || !buffer.equals(ZIP)) return null;
    const { size } = await opened.stat();
    if (size > XLSX_LIMITS.bytes) {
      const params = { most: XLSX_LIMITS.bytes };
      throw new Problem(422, 'import.xlsx-too-large', 'The file is too large: save it as CSV.', { params });
    }
    return await xlsxReader(new Workshop(), await opened.readFile());
  } finally {
    await opened.close();
  }
}

const ROWS_A_LINE = 5_000;

function everySoOften(print: (line: string) => void, all: number | null): (rows: number) => void {
  let told = 0;
  return (rows) => {
    if (rows < told + ROWS_A_LINE) return;
    told = rows;
    print(all === null ? `${rows} rows ...` : `${rows} of ${all} rows ...`);
  };
}

function printReport(print: (line: string) => void, report: ImportReport, mode: string): void {
  for (const one of report.problems.slice(0, MOST_LINES)) {
    const value = one.value === null || one.value === '' ? '' : ` (${one.value})`;
    print(`row ${one.row}, ${one.column || 'row'}: ${one.reason}${value} [${one.code}]`);
  }
  const more = report.moreProblems + Math.max(0, report.problems.length - MOST_LINES);
  if (more > 0) print(`... and ${more} more problems`);
  const verb = mode === 'check' ? 'could be taken' : 'taken';
  print(
    `${report.rows} rows: ${report.taken} ${verb} (${report.registered} new, ${report.changed} changed), ${report.refused} refused`,
  );
}
