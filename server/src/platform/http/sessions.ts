import type { SessionUser } from './route.ts';

export interface FoundSession {
  readonly user: SessionUser;
  readonly csrf: string;
  /** Idle or open for too long: it may look at alarms (`evenExpired` routes) and do nothing else. */
  readonly expired: boolean;
  /** What has to be done before anything else; unset: nothing. */
  readonly pending?: PendingDuty | null;
}

/** A password that somebody else knows, or a key that the roles of this user ask for and that is not registered yet. */
export type PendingDuty = 'password' | 'passkey';

/** What the HTTP server needs to know about sessions; the people module provides it. */
export interface Sessions {
  /** null: there is no such session, it was closed or ended, or its account was stopped. Asked anew for each request. */
  find(token: string): Promise<FoundSession | null>;
  /** The user as they are now, also when the session has expired; null when it was closed or ended. */
  stillAllowed(token: string): Promise<SessionUser | null>;
}
