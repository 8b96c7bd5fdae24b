import type { IncidentState, WorksState } from '@keng/model';
import type { OwnerPageView } from './owner-view.ts';

/** Of an incident what the people of the building may know: no officer's name, no note, nobody's number. */
export function alarmOf(state: IncidentState): OwnerPageView['incident'] {
  const { owner, desk, stationAccepted, stationState, dispatch, outcome } = state;
  return {
    id: state.id,
    number: state.number,
    status: state.status,
    openedAt: state.openedAt,
    lastSignalAt: state.lastSignalAt,
    confidence: state.confidence,
    zones: [...state.zones],
    desk: desk && { at: desk.at },
    stationAccepted: stationAccepted && { at: stationAccepted.at },
    stationState,
    dispatch: { status: dispatch.status },
    owner: { answer: owner.answer, answers: [...owner.answers], measuresShownAt: owner.measuresShownAt },
    clock: state.clocks.owner,
    outcome: outcome && { outcome: outcome.outcome, at: outcome.at },
  };
}

export function worksOf({
  id,
  zones,
  from,
  until,
  reason,
  calledBack,
}: WorksState): OwnerPageView['works'][number] {
  return { id, zones, from, until, reason, calledBack: calledBack && { at: calledBack.at } };
}
