export { type AttendedDesk, attendedDesks } from './attended-desks.ts';
export { createUsers, type LoadOptions, type UserToLoad } from './create-users.ts';
export { DeskPresence, type DeskPresenceOptions, noteDesks } from './desk-presence.ts';
export { Provider, type ProviderSettings, providerOf } from './provider.ts';
export { issueRecovery } from './recovery.ts';
export { type PeopleDeps, peopleRoutes } from './routes.ts';
export { SESSION_LIMITS, SessionKeeper, type SessionLimits } from './sessions.ts';
export { findByLogin, listUsers, type StoredUser } from './user-store.ts';
export { changeUser, createUser, preparePassword, setPassword } from './users.ts';
