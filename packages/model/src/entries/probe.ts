import { z } from 'zod';
import { define, instant } from './common.ts';
import type { TransmitterProtocol } from './facility.ts';

/** How far a synthetic alarm came: each stage is behind the one before it. */
export const PROBE_STAGES = ['sent', 'stored', 'fed', 'shown'] as const;
export type ProbeStage = (typeof PROBE_STAGES)[number];

const way = {
  /** Which receiver process, and which of its listeners. */
  receiver: z.string().max(128),
  listener: z.string().max(32),
};

/**
 * The synthetic alarm: a frame like that of a fire, sent to each listener every minute by a reserved transmitter. It is no signal:
 * whoever counts, correlates or tells of signals never sees it.
 */
export const probeEntries = {
  'probe.heard': define(
    1,
    z.object({
      ...way,
      protocol: z.string().max(32),
      remote: z.string().max(64),
      sequence: z.string().max(64).nullable(),
    }),
  ),
  /** It did not come through in its time: `stage` is the first that it did not reach. */
  'probe.missing': define(1, z.object({ ...way, stage: z.enum(PROBE_STAGES), since: instant })),
  'probe.returned': define(1, z.object({ ...way, missingSince: instant })),
} as const;

/** Accounts of the synthetic alarm: no device can be registered with one of them. */
export const PROBE_ACCOUNTS: Readonly<Record<TransmitterProtocol, string>> = {
  dc09: 'FFFFFFFFFFFFFF01',
  gb26875: 'FFFFFFFFFF01',
  'device-api': 'FFFFFFFFFFFFFF01',
  mqtt: 'FFFFFFFFFFFFFF01',
};
