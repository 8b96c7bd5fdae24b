import type {
  FalseCause,
  IncidentId,
  OrganisationCode,
  Outcome,
  OwnerAnswer,
  StationState,
} from '@keng/model';
import type { DUTY } from './invented.ts';
import type { StandInLog } from './stand-in-log.ts';

const US = { id: '019a0000-0000-7000-8000-000000000001' as typeof DUTY.id, name: 'Trực ban (giả lập)' };

/** Does what a person asked for, without any of the centre's rules. @returns the code of a refusal, or null. */
export function act(
  log: StandInLog,
  id: IncidentId,
  action: string,
  body: Record<string, unknown>,
): string | null {
  const one = log.incidents.get(id);
  const state = log.states.get(id);
  if (!one || !state) return 'incident.not-found';
  if (state.status === 'closed') return 'incident.closed';
  const organisation = state.province;
  switch (action) {
    case 'claim':
      log.append([one.step('incident.claimed', { by: US })]);
      return null;
    case 'release':
      log.append([one.step('incident.released', { by: US })]);
      return null;
    case 'accept':
      if (state.desk) return 'incident.accepted';
      log.append([one.step('incident.desk-accepted', { by: US, organisation })]);
      return null;
    case 'station-accept':
      log.append([
        one.step('incident.station-accepted', { by: US, organisation: state.station ?? organisation }),
      ]);
      return null;
    case 'station-report':
      log.append([
        one.step('incident.station-reported', { by: US, state: body.state as StationState, note: null }),
      ]);
      return null;
    case 'owner-answer': {
      const answer = body.answer as OwnerAnswer;
      const name = String(body.name);
      log.append([one.step('incident.owner-answered', { contactId: null, name, answer, channel: 'desk' })]);
      return null;
    }
    case 'confirm':
      log.append([one.step('incident.confirmed', { reason: 'desk', signalId: null })]);
      return null;
    case 'dispatch': {
      const resources =
        state.dispatch.resources.length > 0 ? [...state.dispatch.resources] : [{ type: 'engine', count: 2 }];
      const station = (body.station as OrganisationCode | undefined) ?? state.station;
      log.append([one.step('incident.dispatch-confirmed', { by: US, resources, station })]);
      return null;
    }
    case 'note':
      log.append([one.step('incident.noted', { by: US, text: String(body.text) })]);
      return null;
    case 'close': {
      const outcome = body.outcome as Outcome;
      const cause = (body.cause ?? null) as FalseCause | null;
      const note = (body.note ?? null) as string | null;
      log.append([one.step('incident.closed', { by: US, outcome, cause, note })]);
      return null;
    }
    default:
      return 'http.404';
  }
}
