import { LiveHub, type TabPort } from './live-hub.ts';

/** Entry of the worker: shared by all tabs of a desk, or one tab's own where the browser cannot share. */
const hub = new LiveHub();

interface SharedScope {
  onconnect: ((event: MessageEvent) => void) | null;
}

if ('onconnect' in globalThis) {
  // The compiler knows the window's scope here, not the shared worker's.
  (globalThis as unknown as SharedScope).onconnect = (event) => {
    const port = event.ports[0];
    if (port) hub.connect(port);
  };
} else {
  hub.connect(globalThis as unknown as TabPort);
}
