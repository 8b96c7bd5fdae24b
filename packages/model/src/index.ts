export * from './answers/arrivals.ts';
export * from './answers/devices.ts';
export * from './answers/duty.ts';
export * from './answers/numbers.ts';
export * from './answers/works.ts';
export * from './canonical-json.ts';
export type { Limit } from './entries/common.ts';
export {
  CONTACT_WAYS,
  type ContactPreference,
  type ContactWay,
  contactPreference,
} from './entries/contact.ts';
export { SILENCE_REASONS, type SilenceReason } from './entries/desk.ts';
export { UNANSWERED_REASONS, type UnansweredReason } from './entries/duty-check.ts';
export { ERASED_AT_ONCE } from './entries/erasure.ts';
export {
  type Contact,
  contact,
  type FacilityBody,
  facilityBody,
  GB26875_ACCOUNT_DIGITS,
  MOST_PATHS,
  registeredAccount,
  TRANSMITTER_PROTOCOLS,
  type Transmitter,
  type TransmitterPath,
  type TransmitterProtocol,
  transmitter,
  transmitterPath,
  waterSource,
  ZONE_KINDS,
  type Zone,
  type ZoneKind,
  zone,
} from './entries/facility.ts';
export { type PlanFile, planFile } from './entries/facility-plan.ts';
export {
  CHECK_RESULTS,
  type CheckResult,
  type DeclaredFacts,
  declaredFacts,
  type Finding,
  INSPECTION_KINDS,
  type InspectionKind,
} from './entries/facility-safety.ts';
export {
  ANSWER_CHANNELS,
  CLOCKS,
  type ClockName,
  CONFIRMATIONS,
  type Confirmation,
  ESCALATION_REASONS,
  type EscalationReason,
  FALSE_CAUSES,
  type FacilitySummary,
  type FalseCause,
  type FirstDispatch,
  type IncidentClock,
  type IncidentLimits,
  type JoinedSignal,
  OUTCOMES,
  type Outcome,
  OWNER_ANSWERS,
  type OwnerAnswer,
  PROPOSAL_REASONS,
  type ProposalReason,
  STATION_STATES,
  type StationState,
  WHOLE_PANEL,
  type ZoneCount,
} from './entries/incident.ts';
export { type LinkPath, linkPath, PATH_MEDIA, type PathMedium } from './entries/link.ts';
export type { OutageGroup } from './entries/outage.ts';
export { type UserBody, userBody } from './entries/person.ts';
export { PROBE_ACCOUNTS, PROBE_STAGES, type ProbeStage } from './entries/probe.ts';
export { REVIEW_OUTCOMES, type ReviewOutcome } from './entries/rights.ts';
export {
  type CrewRule,
  crewRule,
  DESK_FAULTS,
  type DeskFault,
  HANDOVER_KINDS,
  type HandoverCounts,
  type HandoverKind,
  handoverCounts,
  type Late,
  type Officer,
  officer,
  RECEPTION_CHANNELS,
  type Reception,
  type ReceptionChannel,
  reception,
  SOUND_STATES,
  type SoundProof,
} from './entries/room.ts';
export {
  isFireAlarm,
  laneOfSignal,
  SIGNAL_CLASSES,
  SIGNAL_FAMILIES,
  type SignalClass,
  type SignalEvent,
  type SignalFamily,
  type SignalReceived,
  type SignalRefused,
  signalEvent,
} from './entries/signal.ts';
export * from './entry.ts';
export * from './fold.ts';
export * from './ids.ts';
export * from './organisation.ts';
export * from './permissions.ts';
export * from './problem.ts';
export * from './state/contact.ts';
export * from './state/desk-silence.ts';
export * from './state/device.ts';
export * from './state/duty-check.ts';
export * from './state/facility.ts';
export * from './state/facility-papers.ts';
export { applyIncident, isIncidentEntry } from './state/incident.ts';
export { combineAnswers } from './state/incident-answers.ts';
export { nextLevel, waitingSince } from './state/incident-clocks.ts';
export { crewsOut, forcesOut, standDownOf } from './state/incident-dispatch.ts';
export * from './state/incident-state.ts';
export { isSameZone, restoresZone, speaksForZone } from './state/incident-zones.ts';
export * from './state/outage.ts';
export * from './state/raised-rights.ts';
export * from './state/shift.ts';
export * from './state/shift.ts';
export * from './state/urgency.ts';
export * from './state/user.ts';
export * from './state/works.ts';
export * from './world.ts';
