import type { ReceiverMetrics, RunningReceivers } from '../intake/index.ts';
import type { CommitObserver } from '../log/index.ts';
import type { ProcessMetrics, Sample } from '../platform/index.ts';

/** Commits here take about a millisecond; what a panel waits for is seconds. Ten buckets between. */
const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const ENTRIES = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000];

/** Watches the batcher; made before the receivers, for they take it. */
export function commitObserver(metrics: ProcessMetrics): CommitObserver {
  return {
    batch: metrics.histogram(
      { name: 'keng_commit_entries', help: 'entries that one transaction of the intake stored' },
      ENTRIES,
    ),
    stored: metrics.histogram(
      {
        name: 'keng_acknowledge_seconds',
        help: 'from a whole frame until it is on disk and its sender is answered',
      },
      SECONDS,
    ),
  };
}

interface Counts {
  readonly frames: number;
  readonly stored: number;
  readonly duplicates: number;
  readonly heartbeats: number;
  readonly damaged: number;
  readonly refused: number;
  readonly unstored: number;
}

const RESULTS = ['stored', 'duplicates', 'heartbeats', 'damaged', 'refused', 'unstored'] as const;

/** What the receivers of one process count anyway, told to whoever watches. */
export function addReceiverMetrics(metrics: ProcessMetrics, receivers: RunningReceivers): void {
  const of = (read: (found: ReceiverMetrics) => readonly Sample[]) => () => read(receivers.metrics());
  metrics.counter(
    { name: 'keng_frames_total', help: 'frames and messages that were heard', labels: ['protocol'] },
    of((found) =>
      protocols(found).map(({ protocol, counts }) => ({ labels: { protocol }, value: counts.frames })),
    ),
  );
  metrics.counter(
    {
      name: 'keng_signals_total',
      help: 'by what became of them; unstored ones were not acknowledged, their devices repeat',
      labels: ['protocol', 'result'],
    },
    of((found) =>
      protocols(found).flatMap(({ protocol, counts }) =>
        RESULTS.map((result) => ({ labels: { protocol, result }, value: counts[result] })),
      ),
    ),
  );
  metrics.counter(
    {
      name: 'keng_acknowledged_total',
      help: 'answered with "received", after the commit',
      labels: ['protocol'],
    },
    of((found) =>
      protocols(found).map(({ protocol, counts }) => ({
        labels: { protocol },
        value: counts.stored + counts.duplicates + counts.heartbeats,
      })),
    ),
  );
  metrics.gauge(
    { name: 'keng_connections', help: 'open connections of devices', labels: ['listener'] },
    of((found) =>
      listeners(found).map(({ listener, connections }) => ({ labels: { listener }, value: connections })),
    ),
  );
  metrics.gauge(
    { name: 'keng_intake_waiting', help: 'entries that wait for their transaction; 20000 is the limit' },
    of((found) => [{ value: found.waiting }]),
  );
  metrics.gauge(
    { name: 'keng_registered_transmitters', help: 'accounts that this receiver knows' },
    of((found) => [{ value: found.accounts }]),
  );
  metrics.gauge(
    { name: 'keng_storage_failing', help: '1 while nothing can be stored and so nothing is acknowledged' },
    of((found) => [{ value: found.storage === 'failing' ? 1 : 0 }]),
  );
  metrics.counter(
    { name: 'keng_udp_dropped_total', help: 'datagrams that the kernel threw away, for its buffer was full' },
    of((found) => [{ value: found.udp?.kernelDrops ?? 0 }]),
  );
}

function protocols(found: ReceiverMetrics): { protocol: string; counts: Counts }[] {
  return [
    { protocol: 'dc09', counts: found.frames },
    { protocol: 'gb26875', counts: found.gb26875.frames },
    { protocol: 'device-api', counts: found.deviceApi.messages },
    { protocol: 'mqtt', counts: found.mqtt.messages },
  ];
}

function listeners(found: ReceiverMetrics): { listener: string; connections: number }[] {
  const all = {
    'dc09-tcp': found.tcp,
    'gb26875-tcp': found.gb26875.tcp,
    'device-api': found.deviceApi.http,
    'mqtt-tcp': found.mqtt.tcp,
    'mqtt-tls': found.mqtt.tls,
  };
  return Object.entries(all).flatMap(([listener, one]) =>
    one ? [{ listener, connections: one.connections }] : [],
  );
}
