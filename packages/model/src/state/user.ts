import type { UserBody } from '../entries/person.ts';
import type { AnyEntry } from '../entry.ts';

export interface UserState extends UserBody {
  readonly createdAt: string;
  readonly changedAt: string;
}

type UserEntry = Extract<AnyEntry, { readonly kind: 'user.created' | 'user.changed' }>;

export function applyUser(state: UserState | null, entry: UserEntry): UserState | null {
  if (entry.kind === 'user.created') return { ...entry.body, createdAt: entry.at, changedAt: entry.at };
  return state && { ...state, ...entry.body, changedAt: entry.at };
}
