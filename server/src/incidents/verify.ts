import { type EntryBody, Problem } from '@keng/model';
import { confirm } from './confirm.ts';
import { type Act, type Progress, record } from './progress.ts';

export type OwnerAnswerBody = EntryBody<'incident.owner-answered'>;

/** More answers than this of one person are no answers: the owner's page is open to whoever has its address. */
const MOST_ANSWERS_EACH = 50;

/**
 * Somebody at the facility said real, false or checking. "Real" and contradiction count as fire and make the first dispatch
 * ready; "false" is written down and changes nothing else: only the desk closes, and nothing is recalled or delayed by it.
 */
export function answerOwner(progress: Progress, body: OwnerAnswerBody, act: Act): Progress {
  const { state } = progress;
  if (state.status === 'closed' && body.answer !== 'real') {
    throw new Problem(409, 'incident.closed', `Incident ${state.number} is closed: call the desk.`);
  }
  const own = state.owner.answers.filter(
    (one) => one.contactId === body.contactId && (body.contactId !== null || one.name === body.name),
  );
  // The key pressed twice, the page sent again.
  const last = own.at(-1);
  if (state.status === 'open' && last?.answer === body.answer && last.channel === body.channel)
    return progress;
  const firstReal = body.answer === 'real' && !own.some((one) => one.answer === 'real');
  if (own.length >= MOST_ANSWERS_EACH && !firstReal) {
    throw new Problem(
      429,
      'owner.too-many-answers',
      `${body.name} has answered ${own.length} times: call the desk.`,
    );
  }
  // A desk that was too quick must hear it: what was closed rings again.
  const open = state.status === 'closed' ? reopen(progress, act) : progress;
  const answered = record(open, 'incident.owner-answered', body, act);
  const { answer } = answered.state.owner;
  if (answer === 'real') return confirm(answered, 'owner-real', null, act);
  if (answer === 'contradictory') return confirm(answered, 'contradictory-answers', null, act);
  return answered;
}

function reopen(progress: Progress, act: Act): Progress {
  const { seconds, source, official } = progress.state.clocks.desk;
  const dueAt = new Date(act.at.getTime() + seconds * 1000).toISOString();
  const desk = { seconds, dueAt, source, official };
  return record(progress, 'incident.reopened', { reason: 'owner-real', desk }, act);
}
