import type { Role } from '@keng/model';

/** How this centre wants people to be known. Settings of the operator, not rules of a country. */
export interface IdentityPolicy {
  /** How browsers reach the centre; null: as the Host header says. */
  readonly publicUrl: string | null;
  /** Whoever has one of these roles logs in with a key. */
  readonly passkeyRoles: readonly Role[];
  /** A recovery code that an administrator issues counts only when a second one has confirmed it. */
  readonly recoveryTwoPersons: boolean;
}

export const PLAIN_POLICY: IdentityPolicy = { publicUrl: null, passkeyRoles: [], recoveryTwoPersons: false };
