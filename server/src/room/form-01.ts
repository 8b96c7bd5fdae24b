import type { Form01, IncidentState, Reception } from '@keng/model';
import { csvOf } from './csv.ts';

type Written = Reception & { readonly by: { readonly name: string } };

/** Pure. Where nobody has written anything, the report came from the alarm system and the reporter is the building itself. */
export function form01(incident: IncidentState, written: Written | undefined): Form01 {
  const { facility, zones, desk, dispatch, outcome } = incident;
  const spoken = zones
    .map((zone) => (zone.label === null ? zone.zone : `${zone.zone} ${zone.label}`))
    .join('; ');
  return {
    incidentId: incident.id,
    number: incident.number,
    receivedAt: incident.openedAt,
    late: incident.late !== undefined,
    facility: facility.name,
    address: facility.address,
    zones: spoken,
    channel: written?.channel ?? (incident.late === undefined ? 'alarm-system' : 'other'),
    reporterName: written?.reporterName ?? null,
    reporterAddress: written?.reporterAddress ?? null,
    reporterTelephone: written?.reporterTelephone ?? null,
    burning: written?.burning ?? (spoken === '' ? null : spoken),
    spread: written?.spread ?? null,
    people: written?.people ?? null,
    losses: written?.losses ?? null,
    handling: written?.handling ?? null,
    receivedBy: desk?.name ?? written?.by.name ?? null,
    acceptedAt: desk?.at ?? null,
    station: incident.station,
    dispatchedAt: dispatch.status === 'confirmed' ? dispatch.at : null,
    outcome:
      outcome === null
        ? null
        : outcome.cause === null
          ? outcome.outcome
          : `${outcome.outcome}: ${outcome.cause}`,
    closedAt: outcome?.at ?? null,
  };
}

const COLUMNS = [
  'number',
  'receivedAt',
  'late',
  'channel',
  'reporterName',
  'reporterAddress',
  'reporterTelephone',
  'facility',
  'address',
  'burning',
  'spread',
  'people',
  'losses',
  'receivedBy',
  'acceptedAt',
  'station',
  'dispatchedAt',
  'handling',
  'outcome',
  'closedAt',
] as const satisfies readonly (keyof Form01)[];

export function form01Csv(lines: readonly Form01[]): string {
  return csvOf(
    COLUMNS,
    lines.map((line) =>
      COLUMNS.map((column) => {
        const value = line[column];
        return typeof value === 'boolean' ? (value ? 'late' : '') : value;
      }),
    ),
  );
}
