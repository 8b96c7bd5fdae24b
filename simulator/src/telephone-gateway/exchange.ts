import { type Call, CallBook, type CallRequest, type Message, type MessageRequest } from './call-book.ts';
import type { EventSender } from './event-sender.ts';
import { RequestRefused } from './requests.ts';

export interface ExchangeOptions {
  readonly events: EventSender;
  /** A call that nobody takes rings so long. */
  readonly ringMs: number;
}

/** The lines of the stand-in: calls that ring, are answered, hear keys and end; messages that arrive at once. */
export class Exchange {
  readonly book = new CallBook();
  readonly #options: ExchangeOptions;
  readonly #ringing = new Map<string, NodeJS.Timeout>();

  constructor(options: ExchangeOptions) {
    this.#options = options;
  }

  placeCall(key: string, request: CallRequest): Call | Message {
    const { entry, isNew } = this.book.take(
      key,
      (one): Call => ({ ...one, ...request, kind: 'call', state: 'ringing', heard: [] }),
    );
    if (isNew && entry.kind === 'call') {
      this.#ringing.set(
        entry.id,
        setTimeout(() => this.noAnswer(entry.id), this.#options.ringMs),
      );
      void this.#tell(entry, 'ringing');
    }
    return entry;
  }

  sendMessage(key: string, request: MessageRequest): Call | Message {
    const { entry, isNew } = this.book.take(
      key,
      (one): Message => ({ ...one, ...request, kind: 'message', state: 'delivered', replies: [] }),
    );
    if (isNew) void this.#tell(entry, 'delivered');
    return entry;
  }

  answer(id: string): Call {
    const call = this.#call(id, 'ringing');
    this.#pickUp(call);
    return call;
  }

  /** Picks up first where it still rings. Resolves when the centre has said what comes next. */
  async press(id: string, key: string): Promise<Call> {
    const call = this.#call(id, 'ringing', 'answered');
    if (!/^[0-9*#]$/.test(key)) throw new RequestRefused(422, 'key: one of 0 to 9, * and # was expected');
    if (call.state === 'ringing') this.#pickUp(call);
    hear(call, 'person', key);
    const answer = await this.#tell(call, 'key', { key });
    for (const sentence of answer?.say ?? []) hear(call, 'centre', sentence);
    if (answer?.next === 'hang-up') this.#end(call, 'hung-up');
    return call;
  }

  hangUp(id: string): Call {
    const call = this.#call(id, 'answered');
    this.#end(call, 'hung-up');
    return call;
  }

  noAnswer(id: string): Call {
    const call = this.#call(id, 'ringing');
    this.#end(call, 'no-answer');
    return call;
  }

  fail(id: string): Call {
    const call = this.#call(id, 'ringing');
    this.#end(call, 'failed');
    return call;
  }

  async reply(id: string, words: string): Promise<Message> {
    const message = this.book.message(id);
    if (!message) throw new RequestRefused(404, `there is no message ${id}`);
    message.replies.push(words);
    await this.#tell(message, 'reply', { text: words });
    return message;
  }

  stop(): void {
    for (const timer of this.#ringing.values()) clearTimeout(timer);
    this.#ringing.clear();
  }

  #call(id: string, ...states: readonly Call['state'][]): Call {
    const call = this.book.call(id);
    if (!call) throw new RequestRefused(404, `there is no call ${id}`);
    if (!states.includes(call.state)) throw new RequestRefused(409, `the call is ${call.state}`);
    return call;
  }

  #pickUp(call: Call): void {
    this.#stopRinging(call);
    call.state = 'answered';
    for (const sentence of call.say) hear(call, 'centre', sentence);
    void this.#tell(call, 'answered');
  }

  #end(call: Call, state: 'hung-up' | 'no-answer' | 'failed'): void {
    this.#stopRinging(call);
    call.state = state;
    void this.#tell(call, state, state === 'failed' ? { detail: 'the stand-in was asked to fail' } : {});
  }

  #stopRinging(call: Call): void {
    clearTimeout(this.#ringing.get(call.id));
    this.#ringing.delete(call.id);
  }

  #tell(about: Call | Message, type: string, more: Readonly<Record<string, unknown>> = {}) {
    const { reference, round, id } = about;
    return this.#options.events.tell(id, { reference, round, id, type, ...more });
  }
}

function hear(call: Call, who: 'centre' | 'person', words: string): void {
  call.heard.push({ at: new Date().toISOString(), who, text: words });
}
