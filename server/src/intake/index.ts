export { deviceHealth } from './device-health.ts';
export { type DeviceHealth, facilityHealth } from './facility-health.ts';
export { type FollowRegistryOptions, followRegistry } from './follow-registry.ts';
export { LastHeard, type LastHeardOptions } from './last-heard.ts';
export type { IntakeLimits } from './limits.ts';
export { startKeepingDays } from './measurements/keep-days.ts';
export { PROBE_FACILITY, type ProbeIdentity, withProbes } from './probe/probe-transmitters.ts';
export { Prober, type ProberOptions } from './probe/prober.ts';
export {
  listSource,
  MemoryRegistry,
  type RegisteredTransmitter,
  type RegistryOptions,
  type TransmitterRegistries,
  type TransmitterRegistry,
  type TransmitterSource,
} from './registry.ts';
export { facilitySource } from './registry-source.ts';
export { type IntakeRoutesDeps, intakeRoutes } from './routes.ts';
export {
  type ReceiverMetrics,
  type ReceiversOptions,
  type RunningReceivers,
  startReceivers,
} from './start-receivers.ts';
export type { Failing } from './storage-state.ts';
export { outagePolicy } from './supervision/outage-policy.ts';
export {
  type RunningSupervision,
  type SupervisionOptions,
  startSupervision,
} from './supervision/start-supervision.ts';
