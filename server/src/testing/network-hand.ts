import { LedgerPanels, type Place } from '../intake/kill/ledger-panels.ts';
import { LEDGER_SPEECHES } from '../intake/kill/ledger-speech.ts';

/** What a test lets a machine do on which it cannot be itself: panels that speak DC-09 and keep their book, and questions over HTTP. */
export type HandTask =
  | { readonly do: 'panels'; readonly accounts: readonly string[]; readonly places: readonly Place[] }
  | { readonly do: 'standing' }
  | { readonly do: 'finish' }
  | { readonly do: 'ask'; readonly url: string; readonly init: RequestInit };

export interface HandAnswer {
  readonly number: number;
  readonly result?: unknown;
  readonly error?: string;
}

export interface Asked {
  readonly status: number;
  readonly cookie: string;
  readonly text: string;
}

/** Quick enough that every cut meets frames on their way, slow enough that two processors follow. */
const PAUSE_MS = 40;
let panels: LedgerPanels | undefined;

async function work(task: HandTask): Promise<unknown> {
  switch (task.do) {
    case 'panels':
      panels = new LedgerPanels(task.accounts, task.places, LEDGER_SPEECHES.dc09, { pauseMs: PAUSE_MS });
      return panels.start();
    case 'standing':
      return panels?.standing();
    case 'finish':
      await panels?.finish();
      return [...(panels?.acknowledged ?? [])];
    case 'ask': {
      const response = await fetch(task.url, task.init);
      const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
      return { status: response.status, cookie, text: await response.text() } satisfies Asked;
    }
  }
}

process.on('message', ({ number, task }: { readonly number: number; readonly task: HandTask }) => {
  work(task).then(
    (result) => process.send?.({ number, result } satisfies HandAnswer),
    (error: unknown) => process.send?.({ number, error: String(error) } satisfies HandAnswer),
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.({ awake: true });
