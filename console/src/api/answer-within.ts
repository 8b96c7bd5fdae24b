/** Unofficial: a screen that waits longer looks well and is old. Few questions take the centre a second; those are asked patiently. */
export const READ_MS = 10_000;
/** Unofficial: longer, for afterwards nobody knows whether it was done. */
export const CHANGE_MS = 20_000;

/** The centre took a question and said nothing for so long. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/**
 * Waits for the head of an answer; its body may take as long as the line needs.
 * @param milliseconds null: however long it takes
 * @param outer ends the question, before the head and after it
 * @throws NoAnswer when nothing came in that time
 */
export async function answerWithin(
  milliseconds: number | null,
  outer: AbortSignal | undefined,
  ask: (signal: AbortSignal) => Promise<Response>,
): Promise<Response> {
  const own = new AbortController();
  const noAnswer = new NoAnswer(`no answer in ${milliseconds} ms`);
  const timer = milliseconds === null ? undefined : setTimeout(() => own.abort(noAnswer), milliseconds);
  try {
    return await ask(outer === undefined ? own.signal : AbortSignal.any([outer, own.signal]));
  } finally {
    clearTimeout(timer);
  }
}
