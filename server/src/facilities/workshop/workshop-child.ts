import { buffer } from 'node:stream/consumers';
import { Refused } from './job.ts';

/** The process that opens one file of a stranger: bytes in, a line of JSON and bytes out. */
interface Made {
  readonly facts: unknown;
  readonly content: Uint8Array;
}

async function make(job: string | undefined, content: Uint8Array): Promise<Made> {
  switch (job) {
    case 'plan':
      return (await import('../plans/rebuild-plan.ts')).rebuildPlan(content);
    case 'table':
      return (await import('../import/read-xlsx.ts')).readXlsx(content);
    case 'sheet':
      return (await import('../import/write-xlsx.ts')).writeXlsx(content);
    default:
      throw new TypeError(`the workshop does not know the job ${job}`);
  }
}

async function answer(): Promise<void> {
  try {
    const made = await make(process.argv[2], await buffer(process.stdin));
    process.stdout.write(`${JSON.stringify({ facts: made.facts })}\n`);
    process.stdout.write(made.content);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { code, message, params } = error;
    process.stdout.write(`${JSON.stringify({ refused: code, detail: message, params })}\n`);
  }
}

await answer();
