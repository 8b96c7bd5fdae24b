import { Problem, type ProblemDocument } from '@keng/model';
import { answerTo, fromDocument, type RequestOptions } from './client.ts';
import type { ImportReport } from './facility-import.ts';

export interface ImportProgress {
  /** Rows that are ruled. */
  readonly rows: number;
  /** In all; null: not known before the last. */
  readonly all: number | null;
  /** Of the file, 0 to 1. */
  readonly part: number;
}

/** A line of a followed import, as the centre writes it (server/src/facilities/import/follow-import.ts). */
type Line = ImportProgress | { readonly report: ImportReport } | { readonly problem: ProblemDocument };

/**
 * Sends a file and tells how far the centre is with it.
 * @throws Problem as the centre named it; `import.broken-off` when the connection ended before the report
 */
export async function followImport(
  path: string,
  options: RequestOptions,
  told: (progress: ImportProgress) => void,
): Promise<ImportReport> {
  const response = await answerTo('POST', path, options);
  for await (const line of linesOf(response, options.signal)) {
    if ('report' in line) return line.report;
    if ('problem' in line) throw fromDocument(line.problem.status, line.problem);
    told(line);
  }
  throw brokenOff();
}

async function* linesOf(response: Response, signal: AbortSignal | undefined): AsyncGenerator<Line> {
  if (response.body === null) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = await read(reader, signal);
    if (done) return;
    const lines = (text + value).split('\n');
    text = lines.pop() ?? '';
    // Our own centre wrote them.
    for (const line of lines) yield JSON.parse(line) as Line;
  }
}

async function read(reader: ReadableStreamDefaultReader<string>, signal: AbortSignal | undefined) {
  try {
    return await reader.read();
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw brokenOff(cause);
  }
}

function brokenOff(cause?: unknown): Problem {
  return new Problem(0, 'import.broken-off', 'The answer ended before the import did.', { cause });
}
