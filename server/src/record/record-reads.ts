import type { RequestContext, Route } from '../platform/http/index.ts';
import { personalReadOf } from './personal-reads.ts';
import type { ReadRecorder } from './read-recorder.ts';

/** What the HTTP server is given: after each answer that shows something of people, one note in memory. */
export function recordReads(
  recorder: Pick<ReadRecorder, 'note'>,
): (route: Route, context: RequestContext, params: unknown) => void {
  const kinds = new WeakMap<Route, ReturnType<typeof personalReadOf>>();
  return (route, context, params) => {
    let what = kinds.get(route);
    if (what === undefined) {
      what = personalReadOf(route);
      kinds.set(route, what);
    }
    const { user } = context;
    if (what === null || user === null) return;
    const { id, name, organisation } = user;
    recorder.note({
      user: { id, name, organisation },
      what,
      subject: subjectOf(params),
      remote: context.remote,
    });
  };
}

/** Every route names its thing `id`; what it searched for is not kept. */
function subjectOf(params: unknown): string | null {
  if (typeof params !== 'object' || params === null || !('id' in params)) return null;
  return typeof params.id === 'string' ? params.id.slice(0, 64) : null;
}
