import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { Desk, LinkState } from '../worker/messages.ts';
import { connectWorker } from './connect-worker.ts';
import { type LiveSlices, LiveStore, type SliceName } from './live-store.ts';

const Context = createContext<LiveStore | null>(null);

/** Starts the worker once for everything inside. */
export function LiveProvider({ desk, children }: { readonly desk: Desk; readonly children: ReactNode }) {
  const [store, setStore] = useState<LiveStore | null>(null);
  useEffect(() => {
    const opened = new LiveStore(connectWorker());
    setStore(opened);
    const leave = () => opened.close();
    // A page that comes back from the browser's back-forward cache has lost its port: it starts anew.
    const back = (event: PageTransitionEvent) => event.persisted && globalThis.location.reload();
    globalThis.addEventListener('pagehide', leave);
    globalThis.addEventListener('pageshow', back);
    return () => {
      globalThis.removeEventListener('pagehide', leave);
      globalThis.removeEventListener('pageshow', back);
      opened.close();
    };
  }, []);
  const { userId, organisation, level } = desk;
  useEffect(() => {
    store?.send({ type: 'start', desk: { userId, organisation, level } });
  }, [store, userId, organisation, level]);
  if (store === null) return null;
  return <Context.Provider value={store}>{children}</Context.Provider>;
}

export function useLiveStore(): LiveStore {
  const store = useContext(Context);
  if (store === null)
    throw new Error('useLiveStore: this page has no live feed: it needs the permission desk.read');
  return store;
}

/** How the line of the live feed is; null: this page has none. */
export function useLinkStatus(): LinkState['status'] | null {
  const store = useContext(Context);
  return useSyncExternalStore(
    (listener) => store?.subscribe('link', listener) ?? (() => undefined),
    () => store?.get('link').status ?? null,
  );
}

/** One slice of what the worker told, drawn again only when that slice changes. */
export function useLive<Name extends SliceName>(name: Name): LiveSlices[Name] {
  const store = useLiveStore();
  return useSyncExternalStore(
    (listener) => store.subscribe(name, listener),
    () => store.get(name),
  );
}
