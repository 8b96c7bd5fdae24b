import { startPostgres } from '../platform/index.ts';

/** A program that starts PostgreSQL on the folder given, says its process number, and waits to be killed. */
const server = await startPostgres({ dataFolder: process.argv[2] ?? '' });
process.stdout.write(`${server.pid}\n`);
setInterval(() => {}, 60_000);
