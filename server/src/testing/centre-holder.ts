import { serveCentre } from '../commands/centre-processes.ts';
import { loadSettings } from '../platform/index.ts';

/** A program that serves a centre on the folder given, says its process numbers, and waits to be killed. */
const settings = loadSettings({
  flags: {},
  env: {
    KENG_DATA: process.argv[2],
    KENG_HTTP: '127.0.0.1:0',
    KENG_DC09_TCP: '127.0.0.1:0',
    KENG_DC09_UDP: '127.0.0.1:0',
    KENG_GB26875_TCP: '127.0.0.1:0',
    KENG_METRICS: '127.0.0.1:0',
  },
});
const centre = await serveCentre({ settings, env: {}, progress: () => {} });
process.stdout.write(
  `${JSON.stringify({ children: [...centre.childPids().values()], postgres: centre.database.server?.pid })}\n`,
);
