import { randomUUID } from 'node:crypto';

export type CallState = 'ringing' | 'answered' | 'hung-up' | 'no-answer' | 'failed';
export type MessageState = 'delivered' | 'failed';

export interface CallRequest {
  readonly reference: string;
  readonly round: number;
  readonly to: string;
  readonly language: string;
  readonly say: readonly string[];
  readonly atSilence: string;
  readonly keys: Readonly<Record<string, string>>;
}

export interface MessageRequest {
  readonly reference: string;
  readonly round: number;
  readonly to: string;
  readonly language: string;
  readonly text: string;
}

/** What was heard on the line: said by the centre, or done by the person. */
export interface Line {
  readonly at: string;
  readonly who: 'centre' | 'person';
  readonly text: string;
}

export interface Call extends CallRequest {
  readonly kind: 'call';
  readonly id: string;
  readonly idempotencyKey: string;
  readonly at: string;
  /** How often the centre asked for this very call: more than once only when it was in doubt. */
  requests: number;
  state: CallState;
  readonly heard: Line[];
}

export interface Message extends MessageRequest {
  readonly kind: 'message';
  readonly id: string;
  readonly idempotencyKey: string;
  readonly at: string;
  requests: number;
  state: MessageState;
  readonly replies: string[];
}

/** The newest calls and messages; older ones are forgotten, so that a storm does not fill the memory. */
const MOST = 20_000;

export class CallBook {
  readonly #byKey = new Map<string, Call | Message>();
  readonly #byId = new Map<string, Call | Message>();

  /** A request under a known key is a repetition: the same call, not another one. */
  take<Kind extends Call | Message>(
    key: string,
    make: (common: { id: string; idempotencyKey: string; at: string; requests: number }) => Kind,
  ): { readonly entry: Call | Message; readonly isNew: boolean } {
    const known = this.#byKey.get(key);
    if (known) {
      known.requests += 1;
      return { entry: known, isNew: false };
    }
    const entry = make({ id: randomUUID(), idempotencyKey: key, at: new Date().toISOString(), requests: 1 });
    this.#byKey.set(key, entry);
    this.#byId.set(entry.id, entry);
    this.#forget();
    return { entry, isNew: true };
  }

  call(id: string): Call | null {
    const found = this.#byId.get(id);
    return found?.kind === 'call' ? found : null;
  }

  message(id: string): Message | null {
    const found = this.#byId.get(id);
    return found?.kind === 'message' ? found : null;
  }

  calls(): Call[] {
    return [...this.#byId.values()].filter((one) => one.kind === 'call');
  }

  messages(): Message[] {
    return [...this.#byId.values()].filter((one) => one.kind === 'message');
  }

  #forget(): void {
    if (this.#byId.size <= MOST) return;
    // A Map is walked in the order of insertion: the first is the oldest.
    for (const [id, entry] of this.#byId) {
      this.#byId.delete(id);
      this.#byKey.delete(entry.idempotencyKey);
      return;
    }
  }
}
