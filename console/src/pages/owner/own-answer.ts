import type { OwnerAnswer } from '@keng/model';
import type { OwnerAlarmView } from '../../api/owner.ts';

type Answer = OwnerAlarmView['incident']['owner']['answers'][number];

/** Was it given by whoever looks? An account has no contact: it is known by its name, as the centre knows it. */
export function isOwn({ contact }: Pick<OwnerAlarmView, 'contact'>, answer: Answer): boolean {
  return answer.contactId === contact.id && (contact.id !== null || answer.name === contact.name);
}

/** What the centre has from whoever looks. */
export function ownAnswer(page: OwnerAlarmView): OwnerAnswer | null {
  return page.incident.owner.answers.findLast((one) => isOwn(page, one))?.answer ?? null;
}
