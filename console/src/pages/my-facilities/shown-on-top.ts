import type { OwnerIncident } from '../../api/owner.ts';

const CLOSED_STAYS_MS = 10 * 60_000;

/** Everything open, and what was closed within ten minutes. */
export function staysOnTop(
  { status, outcome }: Pick<OwnerIncident, 'status' | 'outcome'>,
  now: number,
): boolean {
  if (status === 'open') return true;
  return outcome !== null && now - Date.parse(outcome.at) < CLOSED_STAYS_MS;
}
