export type { IntakeLimits } from './limits.ts';
export {
  listSource,
  MemoryRegistry,
  type RegisteredTransmitter,
  type RegistryOptions,
  type TransmitterRegistry,
  type TransmitterSource,
} from './registry.ts';
export { type FollowOptions, followRegistry, type RegistryFollower } from './registry-follower.ts';
export {
  type ReceiverMetrics,
  type ReceiversOptions,
  type RunningReceivers,
  startReceivers,
} from './start-receivers.ts';
export type { Failing } from './storage-state.ts';
export { type ReceiverBeat, readReceivers } from './supervision/store.ts';
