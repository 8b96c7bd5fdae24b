import { type ComponentType, useEffect, useReducer } from 'react';
import { Failed, Loading } from './async-state.tsx';

type Loaded<P> = { readonly part: ComponentType<P> } | { readonly error: unknown } | null;

/**
 * A part of the screen whose code comes when it is needed. Where the line broke while it came, only this part says so
 * (the alarms beside it go on), and it is tried again until it is there: `React.lazy` remembers a failure for good.
 * @param load the dynamic import
 * @param take what of the module is the part
 */
export function loadPart<M, P extends object>(
  load: () => Promise<M>,
  take: (module: M) => ComponentType<P> | Promise<ComponentType<P>>,
): ComponentType<P> {
  let state: Loaded<P> = null;
  let attempt = 0;
  let running = false;
  const watchers = new Set<() => void>();

  const tell = (next: Loaded<P>) => {
    state = next;
    for (const watch of watchers) watch();
  };
  const start = async () => {
    if (running || (state !== null && 'part' in state)) return;
    running = true;
    try {
      tell({ part: await take(await loadAgain(load, attempt)) });
    } catch (error) {
      tell({ error });
      // Nobody looks any more: the next one who comes starts it again.
      if (watchers.size > 0) setTimeout(() => void start(), Math.min(1_000 * 2 ** attempt, 15_000));
      attempt += 1;
    } finally {
      running = false;
    }
  };

  return function LoadedPart(props: P) {
    const [, redraw] = useReducer((count: number) => count + 1, 0);
    useEffect(() => {
      watchers.add(redraw);
      void start();
      return () => void watchers.delete(redraw);
    }, []);
    if (state === null) return <Loading />;
    // What the attempts in the background cannot get, a new load of the page can.
    if ('error' in state) return <Failed error={state.error} onRetry={() => location.reload()} />;
    const Part = state.part;
    return <Part {...props} />;
  };
}

/** Chromium keeps the failure of a module under its address, so another attempt needs another address; the error names the first. */
async function loadAgain<M>(load: () => Promise<M>, attempt: number): Promise<M> {
  try {
    return await load();
  } catch (error) {
    const address = /https?:\/\/\S+\.js/.exec(String(error))?.[0];
    if (attempt === 0 || address === undefined) throw error;
    return (await import(/* @vite-ignore */ `${address}?again=${attempt}`)) as M;
  }
}
