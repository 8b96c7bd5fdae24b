import { existsSync } from 'node:fs';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { AreaBook } from '../areas/index.ts';
import { FacilityService, keyEncryptionKey } from '../facilities/index.ts';
import { CORRELATOR, countryPolicy, IncidentService } from '../incidents/index.ts';
import { facilityHealth, LastHeard } from '../intake/index.ts';
import { Arrivals, FEED_KINDS, StorageWatch } from '../live/index.ts';
import { LogFeed } from '../log/index.ts';
import { DeskPresence, providerOf, SessionKeeper, webauthn } from '../people/index.ts';
import { createHttpServer } from '../platform/http/index.ts';
import { checkDurability, healthOf } from '../platform/index.ts';
import { followProbes } from '../probes/index.ts';
import { ReadRecorder, recordReads } from '../record/index.ts';
import { RoomService, roomPolicy } from '../room/index.ts';
import { allRoutes } from '../routes.ts';
import { WorksService } from '../works/index.ts';
import { coreConsumers } from './consumer-role.ts';
import { VERSION } from './program-version.ts';
import { type RunningRole, reporter, type Surroundings } from './role.ts';

const CONSOLE = fileURLToPath(new URL('../../../console/dist', import.meta.url));

/** Console, API and live feed. */
export async function startWebRole(surroundings: Surroundings): Promise<RunningRole> {
  const { settings, secrets, clock, world, country, log, wake } = surroundings;
  const web = surroundings.pool('keng_web', 'web', 16);
  await Promise.all([checkDurability(web), webauthn()]);
  const auditor = surroundings.pool('keng_auditor', 'feed', 4);
  const feed = new LogFeed({ pool: auditor, world, kinds: FEED_KINDS, wake, log: reporter(log) });
  await feed.start();
  const arrivals = new Arrivals({ pool: auditor, world, sorter: CORRELATOR, wake, log: reporter(log) });
  arrivals.start();
  const storage = new StorageWatch({
    pool: surroundings.pool('keng_web', 'storage-watch', 1),
    process: `${os.hostname()}/${process.pid}`,
    log: reporter(log),
  });
  storage.start();
  const probes = followProbes({ feed, pool: web, world, clock });
  const presence = new DeskPresence({ pool: web, world, clock, log });
  presence.start();
  const { publicUrl, passkeyRoles, recoveryTwoPersons } = settings;
  const sessions = new SessionKeeper({ pool: web, world, clock, secret: secrets.session, passkeyRoles });
  const core = surroundings.pool('keng_core', 'web-core', 2);
  const lastHeard = new LastHeard({ pool: core, world, log });
  const policy = countryPolicy(country);
  const routes = allRoutes({
    people: {
      pool: web,
      clock,
      sessions,
      policy: { publicUrl, passkeyRoles, recoveryTwoPersons },
      provider: providerOf(settings, secrets),
    },
    live: { feed, arrivals, storage, clock, world, log, presence },
    record: {
      auditorPool: auditor,
      corePool: core,
      consumers: coreConsumers(surroundings),
      world,
      clock,
    },
    areas: { country },
    erasure: { eraserPool: surroundings.pool('keng_eraser', 'erasure', 1) },
    facilities: {
      service: new FacilityService({
        country,
        areas: new AreaBook(country),
        kek: keyEncryptionKey(secrets.deviceKeys.reveal()),
        wallClock: () => new Date(),
      }),
      healthOf: facilityHealth(lastHeard),
    },
    notify: {
      country,
      gatewaySecret: secrets.telephoneGateway?.reveal() ?? null,
      webhooksSecret: secrets.webhooks.reveal(),
      webhookPrivateAddresses: settings.webhookPrivateAddresses,
      pushSecret: secrets.push.reveal(),
      pushPrivateAddresses: settings.pushPrivateAddresses,
      mail: settings.smtpUrl !== null,
      returns: { secret: secrets.mailReturns?.reveal() ?? null, signing: secrets.ownerLink.reveal() },
    },
    numbers: { country },
    incidents: new IncidentService(),
    intake: { lastHeard },
    works: new WorksService(policy),
    room: { room: new RoomService(roomPolicy(country)), incidents: new IncidentService() },
  });
  const reads = new ReadRecorder({
    pool: surroundings.pool('keng_web', 'read-records', 1),
    world,
    clock,
    log: reporter(log),
  });
  reads.start();
  const server = await createHttpServer({
    onAnswered: recordReads(reads),
    routes,
    sessions,
    pools: { web },
    clock,
    world,
    settings,
    log,
    trustedProxies: settings.trustedProxies,
    version: VERSION,
    ...(existsSync(CONSOLE) ? { staticFolder: CONSOLE } : {}),
  });
  const address = await server.listen();
  surroundings.metrics.gauge(
    { name: 'keng_live_streams', help: 'browsers that hold a live feed open' },
    () => [{ value: server.streams }],
  );
  return {
    listening: { http: address },
    health: () => {
      const { since, error } = storage.state;
      return healthOf('web', [
        since !== null && `the database takes no entries since ${since}: ${error ?? ''}`,
      ]);
    },
    stop: async () => {
      await server.close();
      await reads.stop();
      await probes.stop();
      await feed.stop();
      await arrivals.stop();
      await presence.stop();
      await storage.stop();
    },
  };
}
