import type { EntryBody } from '@keng/model';
import { type Act, type Progress, record } from './progress.ts';

/** All contacts are being rung. The same list again says nothing new. */
export function ownerAlerted(
  progress: Progress,
  body: EntryBody<'incident.owner-alerted'>,
  act: Act,
): Progress {
  if (progress.state.status === 'closed' || body.contacts.length === 0) return progress;
  return record(progress, 'incident.owner-alerted', body, act);
}

export function contactReached(
  progress: Progress,
  body: EntryBody<'incident.contact-reached'>,
  act: Act,
): Progress {
  return record(progress, 'incident.contact-reached', body, act);
}

/** The first measures were shown or read out; told once for each contact and channel by the first time. */
export function measuresShown(
  progress: Progress,
  body: EntryBody<'incident.measures-shown'>,
  act: Act,
): Progress {
  if (progress.state.owner.measuresShownAt !== null) return progress;
  return record(progress, 'incident.measures-shown', body, act);
}
