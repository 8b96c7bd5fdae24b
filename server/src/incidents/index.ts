export { incidentTimers } from './clocks.ts';
export { CORRELATOR, createCorrelator } from './correlator.ts';
export { countryPolicy } from './country-policy.ts';
export { claimDesk, raiseUnclaimed } from './desk-claim.ts';
export { type DeskSilence, markAnswered, markSilent, silentDesks } from './desk-silence.ts';
export { deskWatch, startDeskWatch } from './desk-watch.ts';
export { type KeyedIn, openFromPaper } from './open-from-paper.ts';
export { type OwnAlarms, type OwnAlarmsAsked, ownAlarms } from './own-alarms.ts';
export { type OwnerReport, recordOwnerReports } from './owner-report-batch.ts';
export {
  answerAsContact,
  answerAsUser,
  markMeasuresShown,
  recordContactReached,
} from './owner-reports.ts';
export type { IncidentPolicy, Place, TimeLimit } from './policy.ts';
export { incidentRoutes } from './routes.ts';
export { type Caller, IncidentService } from './service.ts';
export { deskSnapshot } from './snapshot.ts';
export { readIncident } from './store.ts';
