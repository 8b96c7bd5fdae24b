import type { Client } from 'pg';

/** What was going on when the backup was taken and must not go on now. */
export interface UnderWay {
  readonly notificationsCancelled: number;
  readonly sessionsEnded: number;
}

/**
 * A restored centre is a centre of some time ago. Calls and messages that waited then would tell people today of yesterday's fire
 * (the lesson of Los Angeles 2025, when old alerts went out again after an outage), so they are cancelled, and the open incidents are
 * on the desk for a person to decide. Log-ins that were ended since would be open again, so all end.
 */
export async function forgetWhatWasUnderWay(client: Client, now: Date): Promise<UnderWay> {
  const jobs = await client.query(
    `update notify_job set status = 'cancelled', changed_at = $1, last_error = 'the centre was restored from a backup'
     where status in ('queued', 'sending', 'accepted')`,
    [now],
  );
  const sessions = await client.query(
    `update session set closed_at = $1, closed_reason = 'ended' where closed_at is null`,
    [now],
  );
  return { notificationsCancelled: jobs.rowCount ?? 0, sessionsEnded: sessions.rowCount ?? 0 };
}
