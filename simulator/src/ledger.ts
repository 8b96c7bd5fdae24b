import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';

/** One frame that a panel sent and what came back. The panel's word, to be held against the centre's log. */
export interface LedgerLine {
  readonly account: string;
  readonly sequence: string;
  readonly token: string;
  readonly data: string;
  readonly sentAt: string;
  /** When the acknowledgement came; null: never, or refused. */
  readonly acknowledgedAt: string | null;
  readonly answer: 'ACK' | 'NAK' | 'DUH' | 'none';
  readonly tries: number;
}

/** An append-only file of JSON lines; nothing is kept in memory. */
export class Ledger {
  readonly #stream: WriteStream;
  #failed: Error | null = null;
  lines = 0;
  acknowledged = 0;

  constructor(file: string) {
    this.#stream = createWriteStream(file, { flags: 'a' });
    this.#stream.on('error', (error) => {
      this.#failed = error;
    });
  }

  /** @throws the error of the file: a ledger that cannot be written proves nothing. */
  write(line: LedgerLine): void {
    if (this.#failed) throw this.#failed;
    this.lines += 1;
    if (line.acknowledgedAt !== null) this.acknowledged += 1;
    this.#stream.write(`${JSON.stringify(line)}\n`);
  }

  async close(): Promise<void> {
    this.#stream.end();
    await once(this.#stream, 'close');
    if (this.#failed) throw this.#failed;
  }
}
