import { useExpired } from '../session/session-context.tsx';
import { useLinkStatus } from './live-context.tsx';

export type LockReason = 'link' | 'login';

/** Why nothing can be done just now; null: go ahead. No button pretends: what cannot be sent cannot be pressed. */
export function useLocked(): LockReason | null {
  const expired = useExpired();
  const status = useLinkStatus();
  if (expired || status === 'logged-out') return 'login';
  return status === null || status === 'live' || status === 'loading' ? null : 'link';
}
