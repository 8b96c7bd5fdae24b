import type { AnyEntry, DutyReport, IncidentState, Outcome, ReportedIncident, ShiftState } from '@keng/model';
import { csvOf } from './csv.ts';

export interface DutyFacts {
  readonly organisation: string;
  readonly from: Date;
  readonly to: Date;
  readonly shifts: readonly ShiftState[];
  readonly incidents: readonly IncidentState[];
  readonly entries: readonly AnyEntry[];
  readonly linksLostNow: number;
  readonly mutesNow: number;
}

/** The report of a day, from nothing but what the log has led to. Pure. */
export function dutyReport(facts: DutyFacts): DutyReport {
  const { incidents } = facts;
  const ended = (outcome: Outcome): number =>
    incidents.filter((one) => one.outcome?.outcome === outcome).length;
  return {
    organisation: facts.organisation,
    from: facts.from.toISOString(),
    to: facts.to.toISOString(),
    shifts: facts.shifts,
    counts: {
      incidents: incidents.length,
      open: incidents.filter((one) => one.status === 'open').length,
      fire: ended('fire'),
      false: ended('false'),
      drill: ended('drill'),
      late: incidents.filter((one) => one.late !== undefined).length,
      dispatched: incidents.filter((one) => one.dispatch.status === 'confirmed').length,
      silentDesks: facts.entries.filter((one) => one.kind === 'desk.silent').length,
      linksLostNow: facts.linksLostNow,
      mutesNow: facts.mutesNow,
    },
    incidents: incidents.map(reported),
    entries: facts.entries,
  };
}

function reported(one: IncidentState): ReportedIncident {
  const { desk, outcome, facility } = one;
  return {
    id: one.id,
    number: one.number,
    openedAt: one.openedAt,
    late: one.late !== undefined,
    facility: facility.name,
    address: facility.address,
    status: one.status,
    outcome: outcome?.outcome ?? null,
    cause: outcome?.cause ?? null,
    acceptedBy: desk?.name ?? null,
    acceptedSeconds:
      desk === null ? null : Math.round((Date.parse(desk.at) - Date.parse(one.openedAt)) / 1000),
    closedAt: outcome?.at ?? null,
  };
}

/** What a person wrote in an entry, where there is any. */
function textOf(entry: AnyEntry): string {
  switch (entry.kind) {
    case 'duty.noted':
      return entry.body.text;
    case 'shift.signed':
      return entry.body.note ?? '';
    case 'shift.started':
      return [entry.body.leader, ...entry.body.officers].map((one) => one.name).join('; ');
    case 'desk.silent':
      return entry.body.reason;
    case 'desk.proof-changed':
      return entry.body.faults.map((one) => one.fault).join('; ');
    case 'shift.handover-accepted':
      return entry.body.items.map((one) => one.label).join('; ');
    default:
      return '';
  }
}

/** The duty log as rows: when it happened, when it was written down, who, what. */
export function dutyCsv({ incidents, entries }: DutyReport): string {
  const rows = [
    ...incidents.map((one) => [
      one.openedAt,
      '',
      one.late ? 'late' : '',
      'incident',
      one.acceptedBy,
      `${one.number} ${one.facility}, ${one.address}: ${one.outcome ?? one.status}${one.cause === null ? '' : ` (${one.cause})`}`,
    ]),
    ...entries.map((entry) => [
      entry.at,
      entry.recordedAt,
      entry.kind === 'duty.noted' && entry.body.late !== undefined ? 'late' : '',
      entry.kind,
      entry.actor.name ?? entry.actor.id,
      textOf(entry),
    ]),
  ].sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));
  return csvOf(['at', 'recordedAt', 'late', 'kind', 'who', 'text'], rows);
}
