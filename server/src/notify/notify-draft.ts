import type { AnyDraft, EntryBody, EntryDraft } from '@keng/model';
import type { ClaimedJob } from './job.ts';

type NotifyKind = 'notify.delivered' | 'notify.failed';
type Job = Pick<
  ClaimedJob,
  'world' | 'id' | 'incident' | 'works' | 'contact' | 'channel' | 'organisation' | 'facility'
>;

/**
 * What became of one notification, for the log. Its subject is the job and not the incident: in the chronology stands what it
 * means there, that a contact was reached or was not. Works have no entry of their own for that: this one stands in theirs.
 */
export function notifyDraft<Kind extends NotifyKind>(
  job: Job,
  kind: Kind,
  more: Omit<EntryBody<Kind>, 'jobId' | 'incidentId' | 'contactId' | 'channel'>,
  at: Date,
): AnyDraft {
  const draft: Omit<EntryDraft<Kind>, 'body'> & { readonly body: object } = {
    world: job.world,
    kind,
    lane: 2,
    subject: job.works ?? job.id,
    organisation: job.organisation,
    facility: job.facility,
    revision: null,
    at,
    actor: { kind: 'system', id: 'notify' },
    body: { jobId: job.id, incidentId: job.incident, contactId: job.contact, channel: job.channel, ...more },
  };
  // Kind and body belong together by the signature; the compiler cannot see that through the type parameter.
  return draft as unknown as AnyDraft;
}
