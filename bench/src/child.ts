import { type ChildProcess, fork } from 'node:child_process';
import os from 'node:os';
import { fileURLToPath } from 'node:url';

/** Far before everything else on the machine, which asks for rights over it. */
const OF_THE_WORLD_OUTSIDE = -3;

/** A process of the bench, talked to in questions and answers. */
export class BenchChild {
  readonly process: ChildProcess;
  readonly #exited: Promise<void>;

  private constructor(process: ChildProcess) {
    this.process = process;
    this.#exited = new Promise((resolve) => process.once('exit', () => resolve()));
  }

  /** @param program address of a TypeScript file, as import.meta resolves it. */
  static start(program: URL, nodeOptions: readonly string[] = []): BenchChild {
    return new BenchChild(
      fork(fileURLToPath(program), [], {
        execArgv: [...nodeOptions, '--import', import.meta.resolve('tsx')],
        serialization: 'advanced',
      }),
    );
  }

  /**
   * It stands for devices, which do not stand on the centre's machine: what the centre does there must not slow them down.
   * @returns whether the machine allows it
   */
  goFirst(): boolean {
    try {
      os.setPriority(this.process.pid ?? 0, OF_THE_WORLD_OUTSIDE);
      return true;
    } catch {
      // Only an administrator may. The bench says so, and how long devices were held up.
      return false;
    }
  }

  /** Sends a message and waits for the next one. The programs of this folder answer each message once, with what the caller expects. */
  ask<Answer>(message: object): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const gone = (code: number | null): void =>
        reject(new Error(`a process of the bench ended with ${code}`));
      this.process.once('exit', gone);
      this.process.once('message', (answer) => {
        this.process.off('exit', gone);
        const { error } = answer as { error?: string };
        if (error !== undefined) reject(new Error(error));
        // The two ends of the channel are files of this folder.
        else resolve(answer as Answer);
      });
      this.process.send(message);
    });
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    await this.ask({ type: 'stop' });
    this.process.disconnect();
    await this.#exited;
  }
}

/** The other end: answers each message with what `handle` returns. After `stop` the process ends by itself. */
export function answerParent(handle: (message: { readonly type: string }) => Promise<object>): void {
  process.on('message', (message) => {
    handle(message as { type: string }).then(
      (answer) => process.send?.(answer),
      (error) =>
        process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.on('disconnect', () => process.exit(0));
}
