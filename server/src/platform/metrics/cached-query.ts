/**
 * The answer of a question to the database, asked at most once in a while however often somebody scrapes, and never twice at once.
 * A failure is not kept: the next one asks again.
 */
export function cachedQuery<Answer>(ask: () => Promise<Answer>, forMs = 5_000): () => Promise<Answer> {
  let last: { readonly atMs: number; readonly answer: Promise<Answer> } | null = null;
  return () => {
    const now = performance.now();
    if (last !== null && now - last.atMs < forMs) return last.answer;
    const answer = ask();
    const asked = { atMs: now, answer };
    last = asked;
    answer.catch(() => {
      if (last === asked) last = null;
    });
    return answer;
  };
}
