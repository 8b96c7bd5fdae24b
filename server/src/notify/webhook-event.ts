import type { AnyEntry, FacilityId, FacilitySummary, OrganisationCode } from '@keng/model';

/** What a webhook can ask for. */
export const WEBHOOK_EVENTS = [
  'incident.opened',
  'incident.confirmed',
  'incident.owner-answered',
  'incident.desk-accepted',
  'incident.station-accepted',
  'incident.station-reported',
  'incident.dispatch-confirmed',
  'incident.closed',
  'incident.reopened',
] as const;
/** About the centre itself, of no facility: put into the outbox by whoever watches it, not by whoever follows the log. */
export const SYSTEM_WEBHOOK_EVENTS = ['probe.missing', 'probe.returned'] as const;
export type SystemWebhookEvent = (typeof SYSTEM_WEBHOOK_EVENTS)[number];
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

export function isWebhookEvent(kind: string): kind is WebhookEvent {
  return WEBHOOK_EVENTS.some((one) => one === kind);
}

/** A webhook that wants to hear of something in a batch. */
export interface WebhookTarget {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  /** The facility it is of; null: of an organisation. */
  readonly facility: FacilityId | null;
  /** An organisation of the batch that is its own or below it. */
  readonly below: OrganisationCode | null;
}

/**
 * What is told to the outside. Each member is named here: names of people, telephone numbers and notes of the desk never leave.
 */
export function webhookEvent(entry: AnyEntry, facility: FacilitySummary): Record<string, unknown> {
  return {
    type: entry.kind,
    timestamp: entry.at,
    data: {
      incident: entry.subject,
      revision: entry.revision,
      organisation: entry.organisation,
      facility: {
        id: facility.id,
        name: facility.name,
        address: facility.address,
        category: facility.category,
        position: facility.position,
        areaCode: facility.areaCode,
        synthetic: facility.synthetic,
      },
      ...detail(entry),
    },
  };
}

function detail(entry: AnyEntry): Record<string, unknown> {
  switch (entry.kind) {
    case 'incident.opened':
      return {
        number: entry.body.number,
        zones: entry.body.signals.map(({ zone, zoneLabel, family, at }) => ({
          zone,
          label: zoneLabel,
          family,
          at,
        })),
      };
    case 'incident.confirmed':
      return { reason: entry.body.reason };
    case 'incident.owner-answered':
      return { answer: entry.body.answer, channel: entry.body.channel };
    case 'incident.desk-accepted':
    case 'incident.station-accepted':
      return { by: entry.body.organisation };
    case 'incident.station-reported':
      return { state: entry.body.state };
    case 'incident.dispatch-confirmed':
      return { resources: entry.body.resources, station: entry.body.station };
    case 'incident.closed':
      return { outcome: entry.body.outcome, cause: entry.body.cause };
    case 'incident.reopened':
      return { reason: entry.body.reason };
    default:
      return {};
  }
}
