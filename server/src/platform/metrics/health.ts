import type { ProcessRole } from '../settings.ts';

/** How one role of one process is. */
export interface RoleHealth {
  readonly role: ProcessRole;
  /** It does its work. A spare that waits for its turn is ready. */
  readonly ready: boolean;
  /** Why not, and what else an operator must know; for people. */
  readonly reasons: readonly string[];
}

/** Ready unless there is a reason why not. */
export function healthOf(role: ProcessRole, reasons: readonly (string | null | false)[]): RoleHealth {
  const named = reasons.filter((reason): reason is string => typeof reason === 'string');
  return { role, ready: named.length === 0, reasons: named };
}
