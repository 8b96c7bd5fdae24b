import os from 'node:os';
import type { World } from '@keng/model';
import type { Pool } from 'pg';
import { type CommitObserver, GroupCommit } from '../log/index.ts';
import type { Clock, Logger, Settings } from '../platform/index.ts';
import { type Dc09Metrics, Dc09Receiver } from './dc09/dc09-receiver.ts';
import {
  type DeviceApiMetrics,
  DeviceApiReceiver,
  type DeviceApiSettings,
} from './device-api/device-api-receiver.ts';
import { ReplayGuard } from './device-api/replay-guard.ts';
import { Downstream } from './downstream.ts';
import { type Gb26875Metrics, Gb26875Receiver } from './gb26875/gb26875-receiver.ts';
import { HeardSeries } from './heard-series.ts';
import { IntakeDesk, type RefusedFrame } from './intake-desk.ts';
import { defaultLimits, type IntakeLimits } from './limits.ts';
import { MeasurementWriter } from './measurements/measurement-writer.ts';
import { type MqttMetrics, MqttReceiver, type MqttSettings } from './mqtt/mqtt-receiver.ts';
import { RefusalLimiter } from './refusal-limiter.ts';
import type { TransmitterRegistries } from './registry.ts';
import { type Failing, StorageState } from './storage-state.ts';

export interface ReceiversOptions {
  /** Where to listen; what is not named is off. */
  readonly settings: Partial<
    Pick<Settings, 'dc09Tcp' | 'dc09Udp' | 'gb26875Tcp'> & DeviceApiSettings & MqttSettings
  >;
  /** As keng_receiver (live) or keng_exercise. */
  readonly pool: Pool;
  /** A receiver serves one world; its registry knows no account of another. */
  readonly world: World;
  readonly registry: TransmitterRegistries;
  readonly clock: Clock;
  readonly log: Logger;
  /** Told after each commit, to wake the sequencer in the same process. */
  readonly onCommit?: (entries: number) => void;
  /** Told of batches and of the time until their answers, for metrics. */
  readonly observer?: CommitObserver;
  /** Name in the table of receivers; default: host and process. */
  readonly name?: string;
  readonly limits?: Partial<IntakeLimits>;
  /** Of the country, an IANA name: some devices write local time. UTC unless told. */
  readonly timeZone?: string;
}

/** `frames`, `tcp` and `udp` are those of DC-09. */
export interface ReceiverMetrics extends Dc09Metrics {
  readonly name: string;
  readonly gb26875: Gb26875Metrics;
  readonly deviceApi: DeviceApiMetrics;
  readonly mqtt: MqttMetrics;
  readonly accounts: number;
  readonly waiting: number;
  readonly refusalKinds: number;
  readonly refusalsForgotten: number;
  readonly storage: 'ok' | 'failing';
  readonly storageFailingSince: string | null;
}

export interface RunningReceivers {
  /** Where it listens, by the name of the setting: `dc09Tcp`, `dc09Udp`. */
  readonly addresses: Readonly<Record<string, string>>;
  /** null: all is stored that is heard. */
  readonly failing: Failing | null;
  metrics(): ReceiverMetrics;
  /** Accepts no more, stores and answers what was read, then closes. */
  stop(): Promise<void>;
}

const REFUSAL_REPORT_MS = 1_000;

/** Opens the listeners of all protocols of one world. */
export async function startReceivers(options: ReceiversOptions): Promise<RunningReceivers> {
  const { pool, world, registry, clock, log, settings } = options;
  const limits = { ...defaultLimits(), ...options.limits };
  const name = options.name ?? `${os.hostname()}-${process.pid}`;
  const storage = new StorageState({ pool, world, clock, log });
  const commit = new GroupCommit({
    pool,
    ...(options.onCommit ? { onCommit: options.onCommit } : {}),
    ...(options.observer ? { observer: options.observer } : {}),
  });
  const refusals = new RefusalLimiter<RefusedFrame>();
  const measurements = new MeasurementWriter(pool, world);
  const heard = new HeardSeries({ pool, world, clock, storage, receiver: name, metrics: () => metrics() });
  const desk = new IntakeDesk({
    world,
    clock,
    log,
    commit,
    storage,
    refusals,
    measurements,
    heard: (device) => heard.add(device.transmitterId, device.path),
  });
  const dc09 = new Dc09Receiver(desk, registry.of('dc09'), limits, log);
  const downstream = new Downstream({ pool, world, clock, log });
  const timeZone = options.timeZone ?? 'UTC';
  const gb26875 = new Gb26875Receiver(desk, registry.of('gb26875'), limits, downstream, timeZone);
  const deviceApi = new DeviceApiReceiver(
    desk,
    registry.of('device-api'),
    limits,
    new ReplayGuard(pool, world),
  );
  const mqtt = new MqttReceiver(desk, registry.of('mqtt'), limits, downstream, log);
  const protocols = [dc09, gb26875, deviceApi, mqtt] as const;
  const metrics = (): ReceiverMetrics => ({
    name,
    ...dc09.metrics(),
    gb26875: gb26875.metrics(),
    deviceApi: deviceApi.metrics(),
    mqtt: mqtt.metrics(),
    accounts: registry.size,
    waiting: commit.waiting,
    refusalKinds: refusals.kinds,
    refusalsForgotten: refusals.forgotten,
    storage: storage.failing ? 'failing' : 'ok',
    storageFailingSince: storage.failing?.since.toISOString() ?? null,
  });
  const report = setInterval(() => void desk.reportRefusals(performance.now()), REFUSAL_REPORT_MS);
  report.unref();
  const stop = async (): Promise<void> => {
    clearInterval(report);
    await downstream.stop();
    await Promise.all(protocols.map((one) => one.stop()));
    await commit.drain();
    await measurements.drain();
    await storage.stop();
    await heard.stop();
  };
  try {
    for (const one of protocols) await one.open(settings);
  } catch (error) {
    await stop();
    throw error;
  }
  downstream.start();
  const addresses = Object.assign({}, ...protocols.map((one) => one.addresses));
  log.info({ ...addresses, world, accounts: registry.size }, 'listening for devices');
  return {
    addresses,
    get failing() {
      return storage.failing;
    },
    metrics,
    stop,
  };
}
