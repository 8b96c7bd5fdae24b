import type { UserId } from '@keng/model';
import type { FromWorker, ToWorker } from '../worker/messages.ts';

export interface LivePort {
  send(message: ToWorker): void;
  listen(listener: (message: FromWorker) => void): void;
  close(): void;
}

/**
 * One worker for all tabs of a desk where the browser can share one, so that ten open tabs hold one feed; else a worker
 * of this tab alone.
 */
export function connectWorker(): LivePort {
  const port = early ?? openWorker();
  early = null;
  return port;
}

let early: LivePort | null = null;

/** While the code of the screen is still loading: the worker begins to ask for what this person will want to see. */
export function warmWorker(userId: UserId): void {
  early = openWorker();
  early.send({ type: 'warm', userId });
}

function openWorker(): LivePort {
  if (typeof SharedWorker === 'undefined') return dedicated();
  const worker = new SharedWorker(new URL('../worker/live-worker.ts', import.meta.url), {
    type: 'module',
    name: 'keng-live',
  });
  worker.port.start();
  return overPort(worker.port, () => worker.port.close());
}

function dedicated(): LivePort {
  const worker = new Worker(new URL('../worker/live-worker.ts', import.meta.url), {
    type: 'module',
    name: 'keng-live',
  });
  return overPort(worker, () => worker.terminate());
}

function overPort(port: MessagePort | Worker, close: () => void): LivePort {
  return {
    send: (message) => port.postMessage(message),
    listen: (listener) => {
      // Only our own worker writes to this port, in the words of messages.ts.
      port.onmessage = (event: MessageEvent) => listener(event.data as FromWorker);
    },
    close,
  };
}
