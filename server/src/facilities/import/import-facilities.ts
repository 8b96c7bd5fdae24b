import {
  canonicalJson,
  type FacilityId,
  type FieldProblem,
  newId,
  newUuid,
  Problem,
  type World,
} from '@keng/model';
import { appendEntries } from '../../log/index.ts';
import type { PoolClient } from '../../platform/index.ts';
import {
  changed,
  type FacilityChange,
  type Hand,
  registered,
  type StoredFacility,
  unchanged,
  withKey,
} from '../change.ts';
import type { DutyFacts } from '../inspections/duty-rules.ts';
import { bodyOf, problemsOf, type RegisterFacts, withKnownIds } from '../rules.ts';
import { type AccountHolder, holdersOfAccounts, lockByReference, writeFacilities } from '../store.ts';
import { type CsvRow, readCsv } from './read-csv.ts';
import { placeProblems, type ReadRow, type RowProblem, readRow } from './read-row.ts';

export const IMPORT_MODES = ['check', 'take-good', 'all-or-nothing'] as const;
export type ImportMode = (typeof IMPORT_MODES)[number];

export interface ImportRequest {
  readonly file: string;
  readonly source: AsyncIterable<Uint8Array>;
  readonly mode: ImportMode;
  readonly hand: Hand;
  readonly facts: RegisterFacts;
  readonly kek: Uint8Array;
  readonly recordedAt: Date;
  readonly duties?: DutyFacts;
  readonly progress?: (rows: number) => void;
  readonly mostRows?: number;
  /** Stops it between two batches, and nothing of the file is stored. */
  readonly signal?: AbortSignal;
  /** How the file is read; without it as CSV. */
  readonly read?: (source: AsyncIterable<Uint8Array>) => AsyncIterable<CsvRow>;
}

export interface ImportReport {
  readonly rows: number;
  /** Rows that are in the register now (with `check`: that could be). */
  readonly taken: number;
  /** Of those: facilities that were not there before, and that were there with other facts. */
  readonly registered: number;
  readonly changed: number;
  readonly refused: number;
  readonly problems: readonly RowProblem[];
  /** Problems beyond those listed. */
  readonly moreProblems: number;
}

export const MOST_ROWS = 200_000;
export const MOST_PROBLEMS = 1_000;
/** Rows ruled at once: small enough that whoever waits for this process waits some 30 ms. */
const BATCH = 200;

/**
 * Takes a CSV file into the register within the caller's transaction: all of what the mode allows, or nothing.
 * @throws Problem `import.*` when the file as a whole cannot be used
 */
export async function importFacilities(client: PoolClient, request: ImportRequest): Promise<ImportReport> {
  const { world } = request.hand;
  // Two imports of the same file would meet in the middle: the second waits for the first.
  await client.query('select pg_advisory_xact_lock(hashtext($1), hashtext($2))', ['keng-import', world]);
  await client.query('savepoint import');
  const run = new ImportRun(client, request, await visibleOrganisations(client, world));
  let batch: CsvRow[] = [];
  for await (const row of (request.read ?? readCsv)(request.source)) {
    if (run.rows + batch.length >= (request.mostRows ?? MOST_ROWS)) throw tooManyRows(request);
    batch.push(row);
    if (batch.length < BATCH) continue;
    goOn(request);
    await run.take(batch);
    batch = [];
  }
  await run.take(batch);
  goOn(request);
  const report = run.report();
  if (request.mode === 'check') return report;
  if (request.mode === 'all-or-nothing' && report.refused > 0)
    await client.query('rollback to savepoint import');
  await appendEntries(client, [importedDraft(request, report)], request.recordedAt);
  return report;
}

class ImportRun {
  rows = 0;
  readonly #client: PoolClient;
  readonly #request: ImportRequest;
  readonly #visible: ReadonlySet<string>;
  readonly #references = new Map<string, number>();
  readonly #accounts = new Map<string, number>();
  readonly #problems: RowProblem[] = [];
  #problemCount = 0;
  #refused = 0;
  #registered = 0;
  #changed = 0;

  constructor(client: PoolClient, request: ImportRequest, visible: ReadonlySet<string>) {
    this.#client = client;
    this.#request = request;
    this.#visible = visible;
  }

  async take(batch: readonly CsvRow[]): Promise<void> {
    if (batch.length === 0) return;
    const { hand, facts, mode, kek, recordedAt, duties } = this.#request;
    const readable: { csv: CsvRow; row: ReadRow }[] = [];
    const refused: { readonly row: number; readonly problems: readonly RowProblem[] }[] = [];
    for (const csv of batch) {
      const row = readRow(csv, facts);
      if (Array.isArray(row)) refused.push({ row: csv.row, problems: row });
      else readable.push({ csv, row });
    }
    const known = await lockByReference(
      this.#client,
      hand.world,
      readable.map(({ row }) => row.reference),
    );
    const holders = await holdersOfAccounts(
      this.#client,
      hand.world,
      readable.flatMap(({ row }) => row.input.transmitters),
    );
    const changes: FacilityChange[] = [];
    for (const { csv, row } of readable) {
      const current = known.get(row.reference) ?? null;
      const problems = placeProblems(csv, this.#problemsOf(csv, row, current, holders));
      if (problems.length > 0) refused.push({ row: csv.row, problems });
      else changes.push(this.#changeOf(row, current));
    }
    // Whoever corrects the file goes through it from top to bottom.
    for (const { problems } of refused.sort((one, other) => one.row - other.row)) this.#refuse(problems);
    this.rows += batch.length;
    // After the first bad row of all-or-nothing the rest is only looked at.
    const writes = mode === 'take-good' || (mode === 'all-or-nothing' && this.#refused === 0);
    const stored = changes.filter((change) => change.drafts.length > 0);
    if (writes) {
      await writeFacilities(this.#client, stored, {
        world: hand.world,
        kek,
        recordedAt,
        duties,
        telephonePrefix: facts.telephonePrefix,
      });
    }
    this.#request.progress?.(this.rows);
  }

  report(): ImportReport {
    const nothing = this.#request.mode === 'all-or-nothing' && this.#refused > 0;
    return {
      rows: this.rows,
      taken: nothing ? 0 : this.rows - this.#refused,
      registered: nothing ? 0 : this.#registered,
      changed: nothing ? 0 : this.#changed,
      refused: this.#refused,
      problems: this.#problems,
      moreProblems: this.#problemCount - this.#problems.length,
    };
  }

  #refuse(problems: readonly RowProblem[]): void {
    this.#refused += 1;
    this.#problemCount += problems.length;
    this.#problems.push(...problems.slice(0, Math.max(0, MOST_PROBLEMS - this.#problems.length)));
  }

  #problemsOf(
    csv: CsvRow,
    row: ReadRow,
    current: StoredFacility | null,
    holders: ReadonlyMap<string, AccountHolder>,
  ): FieldProblem[] {
    const { input, reference } = row;
    const found = problemsOf(input, this.#request.facts);
    if (!this.#visible.has(input.organisation) && this.#request.facts.organisations.has(input.organisation)) {
      found.push({
        at: 'organisation',
        code: 'permission.missing',
        detail: 'You may not write facilities of this organisation.',
      });
    }
    const sameReference = this.#references.get(reference);
    if (sameReference === undefined) this.#references.set(reference, csv.row);
    else
      found.push({
        at: 'reference',
        code: 'import.reference-repeated',
        detail: `Row ${sameReference} has the same number.`,
      });
    input.transmitters.forEach((one, index) => {
      const at = `transmitters.${index}.account`;
      const key = `${one.protocol}/${one.account}`;
      const sameAccount = this.#accounts.get(key);
      if (sameAccount === undefined) this.#accounts.set(key, csv.row);
      else if (sameAccount !== csv.row) {
        found.push({
          at,
          code: 'import.account-repeated',
          detail: `Row ${sameAccount} has the same account.`,
        });
      }
      const holder = holders.get(key);
      if (holder && holder.facilityId !== current?.state.id) {
        found.push({
          at,
          code: 'facility.account-taken',
          detail: `In the register the account belongs to ${holder.facilityName}.`,
        });
      }
    });
    return found;
  }

  #changeOf(row: ReadRow, current: StoredFacility | null): FacilityChange {
    const { hand, facts } = this.#request;
    const atMs = hand.at.getTime();
    let change: FacilityChange;
    if (current === null) {
      change = registered(hand, newId<FacilityId>(atMs), bodyOf(row.input, facts, null, atMs), 'import');
      this.#registered += 1;
    } else {
      const input = withKnownIds(row.input, current.state, facts.telephonePrefix);
      const next = changed(hand, current, bodyOf(input, facts, current.state, atMs));
      const same =
        canonicalJson({ ...next.state, changedAt: '' }) ===
        canonicalJson({ ...current.state, changedAt: '' });
      // A row that says nothing new is no entry: the same file every night would fill the log.
      change = same ? unchanged(current) : next;
      if (!same || row.keys.size > 0) this.#changed += 1;
    }
    for (const one of change.state.transmitters) {
      const key = row.keys.get(one.account);
      if (key) change = withKey(hand, change, one.id, key);
    }
    return change;
  }
}

async function visibleOrganisations(client: PoolClient, world: World): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ code: string }>(
    'select code from organisation where world = $1 and keng_sees(code, null)',
    [world],
  );
  return new Set(rows.map((row) => row.code));
}

function importedDraft({ hand, file }: ImportRequest, { rows, taken, refused }: ImportReport) {
  return {
    world: hand.world,
    kind: 'facility.imported' as const,
    lane: 2 as const,
    subject: `import:${newUuid(hand.at.getTime())}`,
    organisation: null,
    facility: null,
    revision: null,
    at: hand.at,
    actor: hand.actor,
    body: { file: file.slice(0, 300), rows, taken, refused },
  };
}

/** @throws Problem when the import was stopped: what it has written is rolled back with the caller's transaction */
function goOn({ signal }: ImportRequest): void {
  if (signal?.aborted)
    throw new Problem(409, 'import.stopped', 'The import was stopped; nothing of the file was stored.');
}

function tooManyRows({ mostRows = MOST_ROWS }: ImportRequest): Problem {
  return new Problem(413, 'import.too-many-rows', `More than ${mostRows} rows; split the file.`, {
    params: { most: mostRows },
  });
}
