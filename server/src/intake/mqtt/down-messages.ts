import { z } from 'zod';
import type { UndeliveredDutyCheck } from '../../duty-checks/index.ts';

/** Asks whether somebody is in the control room; the device sounds until it is answered or `until` is over. */
export function dutyCheckMessage({ id, minutes, dueAt }: UndeliveredDutyCheck): string {
  return JSON.stringify({ dutyCheck: { id, minutes, until: dueAt.toISOString() } });
}

/** The clock of the centre, for devices that have none of their own. */
export function clockMessage(now: Date): string {
  return JSON.stringify({ now: now.toISOString() });
}

const answer = z.object({ dutyCheck: z.uuid() });

/** Is this the answer to a duty check? Which one does not matter: a control room is asked one at a time. */
export function saysDutyCheck(body: Uint8Array): boolean {
  try {
    return answer.safeParse(JSON.parse(Buffer.from(body).toString('utf8'))).success;
  } catch {
    // No JSON is no answer.
    return false;
  }
}
