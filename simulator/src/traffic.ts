import type { DemonstrationTransmitter } from '@keng/country-vn';
import type { PanelMessage } from './message.ts';
import type { Random } from './random.ts';

/**
 * How often a panel speaks. No published figure for Vietnamese panels exists: these are configuration, not facts, chosen so
 * that a demonstration shows everything in minutes.
 */
export interface TrafficProfile {
  /** Alarms of one panel in a day, on average. */
  readonly alarmsPerDay: number;
  readonly faultsPerDay: number;
  readonly testsPerDay: number;
  /** Share of alarms that a second zone follows. */
  readonly secondZone: number;
  /** Heartbeats in one reporting time: more than one, so that one lost message is no lost link. */
  readonly heartbeatsPerReportingTime: number;
}

export const QUIET_DAY: TrafficProfile = {
  alarmsPerDay: 0.02,
  faultsPerDay: 0.05,
  testsPerDay: 1,
  secondZone: 0.3,
  heartbeatsPerReportingTime: 3,
};

/**
 * Weight of each hour of the day (local time), mean 1: detectors speak when people cook and work, least before dawn.
 * Unofficial; the shape only has to be uneven.
 */
export const HOUR_WEIGHTS: readonly number[] = [
  0.5, 0.4, 0.4, 0.4, 0.5, 0.8, 1.1, 1.2, 1.2, 1.2, 1.3, 1.5, 1.3, 1.1, 1.1, 1.1, 1.2, 1.4, 1.6, 1.4, 1.1,
  0.9, 0.7, 0.6,
];

export interface Planned {
  /** Seconds from now. */
  readonly inSeconds: number;
  readonly messages: readonly PanelMessage[];
}

const DAY_SECONDS = 86_400;

/** The next thing that this panel says besides heartbeats, at this hour. */
export function planNext(
  transmitter: DemonstrationTransmitter,
  profile: TrafficProfile,
  hour: number,
  random: Random,
): Planned {
  const weight = HOUR_WEIGHTS[hour % 24] ?? 1;
  const rates = [profile.alarmsPerDay * weight, profile.faultsPerDay, profile.testsPerDay] as const;
  const total = rates[0] + rates[1] + rates[2];
  const inSeconds = random.exponential(DAY_SECONDS / Math.max(total, 1e-9));
  const roll = random.next() * total;
  if (roll < rates[0]) return { inSeconds, messages: alarmStory(transmitter, profile, random) };
  if (roll < rates[0] + rates[1]) return { inSeconds, messages: faultStory(transmitter, random) };
  return { inSeconds, messages: [{ kind: 'test', zone: null }] };
}

/** An alarm, perhaps a second zone, and some time later their restores. */
export function alarmStory(
  transmitter: DemonstrationTransmitter,
  profile: TrafficProfile,
  random: Random,
): readonly PanelMessage[] {
  const first = random.pick(transmitter.zones);
  const others = transmitter.zones.filter((zone) => zone !== first);
  const second = others.length > 0 && random.next() < profile.secondZone ? random.pick(others) : null;
  const zones = second ? [first, second] : [first];
  return [
    ...zones.map((zone): PanelMessage => ({ kind: 'alarm', zone })),
    ...zones.map((zone): PanelMessage => ({ kind: 'restore', zone })),
  ];
}

function faultStory(transmitter: DemonstrationTransmitter, random: Random): readonly PanelMessage[] {
  const zone = random.pick(transmitter.zones);
  return [
    { kind: 'trouble', zone },
    { kind: 'trouble-restore', zone },
  ];
}
