import fs from 'node:fs';
import process from 'node:process';
import type { PoolClient } from 'pg';

/** Processor time of a session of the database and of this process, to the microsecond where Linux tells it. */
export class SessionTime {
  readonly #pid: number;
  readonly #from: number;

  private constructor(pid: number) {
    this.#pid = pid;
    this.#from = this.#now();
  }

  static async of(client: PoolClient): Promise<SessionTime> {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    return new SessionTime(rows[0]?.pid ?? 0);
  }

  passedMs(): number {
    return this.#now() - this.#from;
  }

  #now(): number {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000 + sessionMs(this.#pid);
  }
}

/** First field of schedstat: nanoseconds on a processor. Elsewhere than on Linux only this process is counted. */
function sessionMs(pid: number): number {
  const file = `/proc/${pid}/schedstat`;
  if (!fs.existsSync(file)) return 0;
  return Number(fs.readFileSync(file, 'utf8').split(' ')[0]) / 1e6;
}
