import os from 'node:os';
import type { World } from '@keng/model';
import type { Pool } from 'pg';
import { GroupCommit } from '../log/index.ts';
import type { Clock, Logger, Settings } from '../platform/index.ts';
import { type FrameCounters, FrameIntake, type Refused } from './dc09/frame-intake.ts';
import { type TcpCounters, TcpListener } from './dc09/tcp-listener.ts';
import { type UdpCounters, UdpListener } from './dc09/udp-listener.ts';
import { HeardSeries } from './heard-series.ts';
import { defaultLimits, type IntakeLimits } from './limits.ts';
import { RefusalLimiter } from './refusal-limiter.ts';
import type { TransmitterRegistries } from './registry.ts';
import { type Failing, StorageState } from './storage-state.ts';

export interface ReceiversOptions {
  readonly settings: Pick<Settings, 'dc09Tcp' | 'dc09Udp'>;
  /** As keng_receiver (live) or keng_exercise. */
  readonly pool: Pool;
  /** A receiver serves one world; its registry knows no account of another. */
  readonly world: World;
  readonly registry: TransmitterRegistries;
  readonly clock: Clock;
  readonly log: Logger;
  /** Told after each commit, to wake the sequencer in the same process. */
  readonly onCommit?: (entries: number) => void;
  /** Name in the table of receivers; default: host and process. */
  readonly name?: string;
  readonly limits?: Partial<IntakeLimits>;
}

export interface ReceiverMetrics {
  readonly name: string;
  readonly frames: FrameCounters;
  readonly tcp: (TcpCounters & { readonly connections: number; readonly registered: number }) | null;
  readonly udp: (UdpCounters & { readonly kernelDrops: number; readonly receiveBufferBytes: number }) | null;
  readonly accounts: number;
  readonly waiting: number;
  readonly refusalKinds: number;
  readonly refusalsForgotten: number;
  readonly storage: 'ok' | 'failing';
  readonly storageFailingSince: string | null;
}

export interface RunningReceivers {
  /** Where it listens: `dc09Tcp`, `dc09Udp`. */
  readonly addresses: Readonly<Record<string, string>>;
  /** null: all is stored that is heard. */
  readonly failing: Failing | null;
  metrics(): ReceiverMetrics;
  /** Accepts no more, stores and answers what was read, then closes. */
  stop(): Promise<void>;
}

const REFUSAL_REPORT_MS = 1_000;

/** Opens the DC-09 listeners of one world. */
export async function startReceivers(options: ReceiversOptions): Promise<RunningReceivers> {
  const { pool, world, registry, clock, log, settings } = options;
  const limits = { ...defaultLimits(), ...options.limits };
  const name = options.name ?? `${os.hostname()}-${process.pid}`;
  const storage = new StorageState({ pool, world, clock, log });
  const commit = new GroupCommit({ pool, ...(options.onCommit ? { onCommit: options.onCommit } : {}) });
  const refusals = new RefusalLimiter<Refused>();
  const heard = new HeardSeries({ pool, world, clock, storage, receiver: name, metrics: () => metrics() });
  const intake = new FrameIntake({
    world,
    registry: registry.of('dc09'),
    clock,
    log,
    commit,
    storage,
    refusals,
    heard: (device) => heard.add(device.transmitterId),
  });
  let tcp: TcpListener | null = null;
  let udp: UdpListener | null = null;
  const metrics = (): ReceiverMetrics => ({
    name,
    frames: { ...intake.counters },
    tcp: tcp && { ...tcp.counters, connections: tcp.connections, registered: tcp.registered },
    udp: udp && { ...udp.counters, kernelDrops: udp.kernelDrops, receiveBufferBytes: udp.receiveBufferBytes },
    accounts: registry.size,
    waiting: commit.waiting,
    refusalKinds: refusals.kinds,
    refusalsForgotten: refusals.forgotten,
    storage: storage.failing ? 'failing' : 'ok',
    storageFailingSince: storage.failing?.since.toISOString() ?? null,
  });
  const report = setInterval(() => void intake.reportRefusals(performance.now()), REFUSAL_REPORT_MS);
  report.unref();
  const stop = async (): Promise<void> => {
    clearInterval(report);
    await Promise.all([tcp?.stop(), udp?.stop()]);
    await commit.drain();
    await storage.stop();
    await heard.stop();
  };
  try {
    if (settings.dc09Tcp) tcp = await TcpListener.open(settings.dc09Tcp, intake, limits);
    if (settings.dc09Udp) udp = await UdpListener.open(settings.dc09Udp, intake, log);
  } catch (error) {
    await stop();
    throw error;
  }
  const addresses = { ...(tcp && { dc09Tcp: tcp.address }), ...(udp && { dc09Udp: udp.address }) };
  log.info({ ...addresses, world, accounts: registry.size }, 'listening for DC-09');
  return {
    addresses,
    get failing() {
      return storage.failing;
    },
    metrics,
    stop,
  };
}
