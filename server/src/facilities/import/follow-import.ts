import type { Readable } from 'node:stream';
import { Problem } from '@keng/model';
import { type RequestContext, streamParts } from '../../platform/http/index.ts';
import type { ImportReport } from './import-facilities.ts';

/** The lines of a followed import; the last one says what came of it. */
type Line =
  | { readonly rows: number; readonly all: number | null; readonly part: number }
  | { readonly report: ImportReport }
  | { readonly problem: ReturnType<Problem['toDocument']> };

/** What is known of the file that is followed. */
export interface Followed {
  /** Rows in all; null: not known before the last. */
  readonly all: number | null;
  /** The part of the file, 0 to 1, when so many rows are ruled. */
  readonly partOf: (rows: number) => number;
}

/**
 * An import that tells how far it is: a line of JSON for each batch, then its report. What is wrong before the first batch is
 * answered like any other problem; later it is the last line. An answer without a last line was broken off.
 * @param run told it reports rows that are ruled
 */
export async function followImport(
  { all, partOf }: Followed,
  run: (told: (rows: number) => void) => Promise<ImportReport>,
): Promise<Readable> {
  return await streamParts(async (take) => {
    let begun = false;
    const say = (line: Line): void => {
      begun = true;
      take(`${JSON.stringify(line)}\n`);
    };
    try {
      say({ report: await run((rows) => say({ rows, all, part: partOf(rows) })) });
    } catch (error) {
      if (!begun || !(error instanceof Problem)) throw error;
      say({ problem: error.toDocument() });
    }
  });
}

/** Aborted when whoever asked has gone before the answer was whole: how a person stops an import. */
export function askerLeaving({ reply }: Pick<RequestContext, 'reply'>): AbortSignal {
  const leaving = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) leaving.abort();
  });
  return leaving.signal;
}
