import fs from 'node:fs';
import {
  createLogger,
  describeAddress,
  type Logger,
  loadSecrets,
  lockDataFolder,
  migrate,
  PlatformError,
  type PostgresServer,
  ProcessMetrics,
  type ProcessReport,
  type ProcessRole,
  type ProvidedDatabase,
  postgresFolder,
  provideDatabase,
  requireReachable,
  revealSecrets,
  type Secrets,
  type Settings,
  startMetricsServer,
  startPostgres,
} from '../platform/index.ts';
import { countryPack } from '../roles/country.ts';
import { establish } from '../roles/establish-centre.ts';
import { askingRole } from '../roles/role.ts';
import { tellStarted } from '../roles/tell-started.ts';
import { startArchiveSchedule } from './archive-schedule.ts';
import { startBackupSchedule } from './backup-schedule.ts';
import { CentreChild } from './centre-child.ts';
import { withChosenPorts } from './choose-ports.ts';
import { migrateAsOnDisk } from './fork-serving.ts';

/**
 * Which roles share a process. Receivers stand alone, so that nothing else delays an acknowledgement, and so does the sequencer, by whom
 * everybody sees an alarm: it would stand in line behind the rules. The web process can be busy with reports while alarms are correlated.
 */
const defaultGroups: readonly (readonly ProcessRole[])[] = [
  ['receiver'],
  ['sequencer'],
  ['consumer', 'sender', 'supervisor'],
  ['web'],
];

/** Of these the old and the new process may work beside each other, on the same sockets. */
const TAKEN_OVER: readonly ProcessRole[] = ['receiver', 'web'];
/** Longer than any device needs from its connection to its frame. */
const LINGER_MS = 2_000;

export interface ServingCentre {
  readonly database: ProvidedDatabase;
  readonly secrets: Secrets;
  /** Where it listens, by the name of the setting. */
  readonly listening: Readonly<Record<string, string>>;
  /** Process numbers of the children by their roles joined with commas; for fault tests. */
  childPids(): ReadonlyMap<string, number>;
  /**
   * Replaces every process by one of the program as it is on disk now. Receivers and web are taken over without a moment in which
   * nobody listens; rules, timers and sender pause for as long as one of them needs to start.
   */
  reload(): Promise<void>;
  /** Receivers stop accepting and drain first, then the others, PostgreSQL last. */
  stop(): Promise<void>;
  /** Children are killed; PostgreSQL stops without a checkpoint and recovers at the next start. */
  forceStop(): Promise<void>;
}

export interface ServeOptions {
  readonly settings: Settings;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly progress: (line: string) => void;
  /** Runs after migration and before anything listens, e.g. to load demonstration data. */
  readonly prepare?: (database: ProvidedDatabase, secrets: Secrets) => Promise<void>;
}

/** Starts a whole centre: database, migrations, then its processes. */
export async function serveCentre(options: ServeOptions): Promise<ServingCentre> {
  const { settings, env, progress } = options;
  const log = createLogger('serve');
  const lock = lockDataFolder(settings.dataFolder);
  try {
    const secrets = loadSecrets(settings, env);
    const database = await provideDatabase({ settings, env, log: progress });
    try {
      // The machine that numbers the log keeps the database up to date; the others need neither owner's nor core's password.
      if (settings.roles.includes('sequencer')) {
        await migrate({ address: database.address, log: progress });
        await establish(database.address, settings.origin, countryPack(settings.country));
      } else {
        // Its processes would wait for a database that is away, and nobody would be told of an address that is wrong.
        await requireReachable(database.address, askingRole(settings.roles));
      }
      await options.prepare?.(database, secrets);
      const parts = await startParts(settings, database, secrets, log);
      await tellStarted(database.address, settings).catch((error: unknown) =>
        // A full disk must not keep a centre from starting: it recovers by itself and takes alarms then.
        log.error({ err: error }, 'the start could not be written down'),
      );
      const own = new ProcessMetrics('serve');
      const copies = settings.roles.includes('sequencer')
        ? startBackupSchedule({ settings, env, address: database.address, log, metrics: own })
        : null;
      const archives = settings.roles.includes('sequencer')
        ? startArchiveSchedule({ settings, env, log, metrics: own })
        : null;
      const reports = async (): Promise<readonly ProcessReport[]> => [
        { process: 'serve', roles: [], answer: { metrics: await own.report(), health: [] } },
        ...(await parts.reports()),
      ];
      const metrics = settings.metrics
        ? await startMetricsServer({ address: settings.metrics, log, reports })
        : null;
      progress(`centre ${settings.origin} runs on ${describeAddress(database.address)}`);
      const watch = watchPostgres(database.server, settings, log);
      const stop = async (
        stopParts: () => Promise<void>,
        stopDatabase: () => Promise<void>,
      ): Promise<void> => {
        await copies?.stop();
        await archives?.stop();
        try {
          await stopParts();
        } finally {
          await metrics?.stop();
          watch.end();
          await stopDatabase();
          lock.release();
        }
      };
      return {
        database,
        secrets,
        listening: { ...parts.listening, ...(metrics?.address ? { metrics: metrics.address } : {}) },
        childPids: parts.pids,
        reload: async () => {
          if (settings.roles.includes('sequencer')) await migrateAsOnDisk(settings, env);
          await parts.reload();
          log.warn('every process has been replaced');
        },
        stop: () => stop(parts.stop, () => watch.stop(database)),
        forceStop: () => stop(parts.kill, () => watch.quit()),
      };
    } catch (error) {
      await database.close();
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}

interface Parts {
  readonly listening: Readonly<Record<string, string>>;
  readonly pids: () => ReadonlyMap<string, number>;
  readonly reports: () => Promise<readonly ProcessReport[]>;
  readonly reload: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly kill: () => Promise<void>;
}

async function startParts(
  settings: Settings,
  database: ProvidedDatabase,
  secrets: Secrets,
  log: Logger,
): Promise<Parts> {
  if (settings.oneProcess) {
    // The parent of processes of their own has no use for the code of the roles.
    const { startCentre } = await import('../centre.ts');
    const centre = await startCentre(settings, settings.roles, database.address, secrets);
    return {
      listening: centre.listening,
      pids: () => new Map(),
      reports: async () => [
        { process: settings.roles.join('+'), roles: settings.roles, answer: await centre.report() },
      ],
      reload: async () => {
        throw new PlatformError(
          'reload-impossible',
          'a centre in one process cannot be replaced while it runs',
          'start it without --one-process, or stop and start it',
        );
      },
      stop: () => centre.stop(),
      kill: async () => {},
    };
  }
  const childSettings = await withChosenPorts(settings);
  const message = (roles: readonly ProcessRole[]) => ({
    type: 'start' as const,
    settings: childSettings,
    roles,
    address: database.address,
    secrets: revealSecrets(secrets),
  });
  const children = defaultGroups
    .map((group) => group.filter((role) => settings.roles.includes(role)))
    .filter((roles) => roles.length > 0)
    .map((roles) => new CentreChild(roles, log, () => message(roles)));
  const stop = async (): Promise<void> => {
    // In the order of the groups: whatever a receiver has accepted is stored before anything else ends.
    for (const child of children) await child.stop();
  };
  const started = await Promise.allSettled(children.map((child) => child.start()));
  const failed = started.find((result) => result.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  const listening = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  return {
    listening: Object.assign({}, ...listening),
    pids: () => new Map(children.map((child) => [child.roles.join(','), child.pid ?? 0])),
    reports: () =>
      Promise.all(
        children.map(async (child) => ({
          process: child.roles.join('+'),
          roles: child.roles,
          answer: await child.report(),
        })),
      ),
    reload: async () => {
      for (const child of children) {
        const takesOver = child.roles.every((role) => TAKEN_OVER.includes(role));
        await (takesOver ? child.replace(LINGER_MS) : child.restart());
      }
    },
    stop,
    kill: async () => {
      for (const child of children) child.kill();
    },
  };
}

interface PostgresWatch {
  end(): void;
  stop(database: ProvidedDatabase): Promise<void>;
  quit(): Promise<void>;
}

/** A PostgreSQL that dies is started again where the pools look for it; they reconnect by themselves. */
function watchPostgres(server: PostgresServer | null, settings: Settings, log: Logger): PostgresWatch {
  let current = server;
  let ended = false;
  let restarting: Promise<void> = Promise.resolve();
  const follow = (running: PostgresServer): void => {
    void running.exited.then(() => {
      if (!ended) restarting = restart(running.host);
    });
  };
  const restart = async (socketFolder: string): Promise<void> => {
    log.error('PostgreSQL has ended; starting it again');
    for (let pauseMs = 250; !ended; pauseMs = Math.min(pauseMs * 2, 15_000)) {
      try {
        const dataFolder = postgresFolder(settings.dataFolder);
        current = await startPostgres({ dataFolder, socketFolder, log: (line) => log.warn(line) });
        log.warn('PostgreSQL runs again');
        follow(current);
        return;
      } catch (error) {
        log.error({ err: error }, `PostgreSQL could not be started; trying again in ${pauseMs} ms`);
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
  if (server) follow(server);
  return {
    end: () => {
      ended = true;
    },
    stop: async (database) => {
      await restarting;
      if (current === server) await database.close();
      else await current?.stop();
    },
    quit: async () => {
      current?.kill('SIGQUIT');
      await current?.exited;
      if (current) fs.rmSync(current.host, { recursive: true, force: true });
    },
  };
}
