import { Problem, type ProposalReason } from '@keng/model';
import { type Act, type Progress, record } from './progress.ts';

/**
 * Lays the configured first dispatch ready for one key of the dispatcher. Each reason is told once; after a dispatch was
 * confirmed there is nothing to propose.
 */
export function proposeDispatch(progress: Progress, reason: ProposalReason, act: Act): Progress {
  const { dispatch, firstDispatch, status, number } = progress.state;
  if (status === 'closed' || dispatch.status === 'confirmed' || dispatch.reasons.includes(reason))
    return progress;
  if (firstDispatch === undefined) {
    throw new Problem(
      500,
      'incident.no-first-dispatch',
      `Incident ${number} was opened without a configured first dispatch: dispatch it by hand.`,
    );
  }
  return record(progress, 'incident.dispatch-proposed', { reason, ...firstDispatch }, act);
}
