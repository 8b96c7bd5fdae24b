import { startPostgres } from '../platform/index.ts';

/** A program that starts PostgreSQL on the folder given (settings as JSON behind it), says its process number, and waits to be killed. */
const [, , dataFolder = '', settings = '{}', socketFolder] = process.argv;
const server = await startPostgres({
  dataFolder,
  settings: JSON.parse(settings),
  ...(socketFolder === undefined ? {} : { socketFolder }),
});
process.stdout.write(`${server.pid}\n`);
setInterval(() => {}, 60_000);
