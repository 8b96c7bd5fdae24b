import { Readable } from 'node:stream';
import { type ContactId, contactPreference, type FacilityId, invalid, type World } from '@keng/model';
import { z } from 'zod';
import { defineRoute, type RequestContext, type Route } from '../../platform/http/index.ts';
import { CSV_START, csvLine, type PoolClient } from '../../platform/index.ts';

import { findLink } from '../owner-page.ts';
import type { ContactHand, ContactService } from './service.ts';
import { type SilentContact, silentContacts } from './silent-list.ts';

const settings = z.object({
  contact: z.object({ id: z.string(), name: z.string(), order: z.number(), language: z.string() }),
  facility: z.object({ id: z.string(), name: z.string() }),
  hasEmail: z.boolean(),
  preference: contactPreference.nullable(),
  browsers: z.number(),
  unansweredInARow: z.number(),
  reportedAt: z.string().nullable(),
  emailReturned: z.object({ at: z.string(), status: z.string().nullable() }).nullable(),
  pushKey: z.string().nullable(),
});
/** As the Push API gives it to JSON; what else a browser adds (expirationTime) says nothing to us. */
const subscription = z.object({
  endpoint: z.url({ protocol: /^https?$/ }).max(1_000),
  keys: z.object({ p256dh: z.string().max(200), auth: z.string().max(100) }),
});
const endpoint = subscription.pick({ endpoint: true });

const byLink = z.object({ token: z.string().max(200) });
const byId = z.object({
  facilityId: z.uuid().transform((text) => text as FacilityId),
  contactId: z.uuid().transform((text) => text as ContactId),
});
const ACT = { requests: 30, seconds: 60 };

type Act = (client: PoolClient, hand: ContactHand) => Promise<unknown>;

/** What a contact asked for: by the link of an alarm for oneself, by a log-in for all contacts of one's facilities. */
export function contactRoutes(service: ContactService): Route[] {
  return [...linkRoutes(service), ...ownRoutes(service), ...silentRoutes()];
}

function linkRoutes(service: ContactService): Route[] {
  const route = <Body extends z.ZodType>(
    path: string,
    summary: string,
    body: Body,
    act: (client: PoolClient, hand: ContactHand, body: z.infer<Body>) => Promise<unknown>,
  ): Route =>
    defineRoute({
      method: 'POST',
      url: `/owner/:token/${path}`,
      access: 'open',
      summary,
      limit: ACT,
      schemas: { params: byLink, body, response: settings },
      handle: ({ params, body: given, context }) =>
        // The server parsed with this very schema.
        withLink(context, params.token, (client, hand) => act(client, hand, given as z.infer<Body>)),
    });
  return [
    defineRoute({
      method: 'GET',
      url: '/owner/:token/settings',
      access: 'open',
      summary: 'How the contact of this link wants to be told what is not urgent',
      limit: { requests: 60, seconds: 60 },
      schemas: { params: byLink, response: settings },
      handle: ({ params, context }) =>
        withLink(context, params.token, (client, hand) => service.settings(client, hand)),
    }),
    route(
      'preference',
      'The contact says how they want to be told',
      contactPreference,
      (client, hand, body) => service.prefer(client, hand, body),
    ),
    route('push', 'This browser of the contact is told, too', subscription, (client, hand, body) =>
      service.subscribe(client, hand, body),
    ),
    route('push/remove', 'This browser of the contact is told nothing more', endpoint, (client, hand, body) =>
      service.unsubscribe(client, hand, body.endpoint),
    ),
  ];
}

async function withLink(context: RequestContext, token: string, act: Act): Promise<unknown> {
  const { world, now } = context;
  const link = await context.withFacilities([], (client) => findLink(client, token, now));
  const hand: ContactHand = { world, now, facility: link.facility, contact: link.contact, actor: null };
  return await context.withFacilities([link.facility], (client) => act(client, hand));
}

function ownRoutes(service: ContactService): Route[] {
  const route = <Body extends z.ZodType>(
    path: string,
    summary: string,
    body: Body,
    act: (client: PoolClient, hand: ContactHand, body: z.infer<Body>) => Promise<unknown>,
  ): Route =>
    defineRoute({
      method: 'POST',
      url: `/my/facilities/:facilityId/contacts/:contactId/${path}`,
      access: 'facility.own',
      summary,
      schemas: { params: byId, body, response: settings },
      handle: ({ params, body: given, context }) =>
        context.transaction((client) =>
          // The server parsed with this very schema.
          act(client, handOf(context, params), given as z.infer<Body>),
        ),
    });
  return [
    defineRoute({
      method: 'GET',
      url: '/my/contacts',
      access: 'facility.own',
      summary: "The contacts of one's own facilities and how each wants to be told",
      schemas: { response: z.object({ contacts: z.array(settings) }) },
      handle: ({ context }) =>
        context.transaction(async (client) => ({
          contacts: await service.list(client, context.world, context.user?.facilities ?? []),
        })),
    }),
    route('preference', 'How this contact wants to be told', contactPreference, (client, hand, body) =>
      service.prefer(client, hand, body),
    ),
    route('push', 'This browser is told as this contact', subscription, (client, hand, body) =>
      service.subscribe(client, hand, body),
    ),
    route(
      'email-works',
      'The address of this contact from which mail came back takes mail again',
      z.object({}),
      (client, hand) => service.emailWorks(client, hand),
    ),
    route('push/remove', 'This browser is told nothing more', endpoint, (client, hand, body) =>
      service.unsubscribe(client, hand, body.endpoint),
    ),
  ];
}

function handOf(context: RequestContext, params: z.infer<typeof byId>): ContactHand {
  const { world, now, actor } = context;
  return { world, now, actor, facility: params.facilityId, contact: params.contactId };
}

const silent = z.object({
  contact: z.string(),
  name: z.string(),
  facility: z.string(),
  facilityName: z.string(),
  organisation: z.string(),
  areaCode: z.string(),
  inARow: z.number(),
  lastAnsweredAt: z.string().nullable(),
  lastUnansweredAt: z.string().nullable(),
  reportedAt: z.string(),
  email: z.object({ at: z.string(), status: z.string().nullable(), text: z.string() }).nullable(),
});
const PAGE = 100;
const cursor = z.tuple([z.iso.datetime(), z.uuid()]);

function silentRoutes(): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/contacts/silent',
      access: 'facility.read',
      summary:
        'Contacts who answered none of several alarms in a row, or whose e-mail address gives mail back',
      schemas: {
        query: z.object({ cursor: z.string().max(100).optional() }),
        response: z.object({ contacts: z.array(silent), next: z.string().nullable() }),
      },
      handle: async ({ query, context }) => {
        const after = query.cursor === undefined ? null : cursorOf(query.cursor);
        const contacts = await context.transaction((client) =>
          silentContacts(client, context.world, after, PAGE),
        );
        const last = contacts.length === PAGE ? contacts.at(-1) : undefined;
        return { contacts, next: last ? `${last.reportedAt}_${last.contact}` : null };
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/contacts/silent.csv',
      access: 'facility.read',
      summary: 'The same as CSV',
      schemas: { response: z.unknown() },
      streams: true,
      handle: async ({ context }) => {
        context.reply.header('content-type', 'text/csv; charset=utf-8');
        context.reply.header('content-disposition', 'attachment; filename="keng-silent-contacts.csv"');
        const { transaction, world } = context;
        return Readable.from(silentLines((work) => transaction(work), world));
      },
    }),
  ];
}

const HEAD = [
  'facility',
  'facility_name',
  'organisation',
  'area',
  'contact_name',
  'unanswered_in_a_row',
  'last_answered_at',
  'last_unanswered_at',
  'reported_at',
  'email_returned_at',
  'email_returned_because',
];
/** Far more than there are buildings with such a contact. */
const MOST_PAGES = 1_000;

async function* silentLines(
  transaction: RequestContext['transaction'],
  world: World,
): AsyncGenerator<string> {
  yield CSV_START + csvLine(HEAD);
  let after: { at: string; id: string } | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const from: { at: string; id: string } | null = after;
    const rows: SilentContact[] = await transaction((client) => silentContacts(client, world, from, PAGE));
    yield rows
      .map((one) =>
        csvLine([
          one.facility,
          one.facilityName,
          one.organisation,
          one.areaCode,
          one.name,
          one.inARow,
          one.lastAnsweredAt,
          one.lastUnansweredAt,
          one.reportedAt,
          one.email?.at ?? null,
          one.email?.text ?? null,
        ]),
      )
      .join('');
    const last: SilentContact | undefined = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = { at: last.reportedAt, id: last.contact };
  }
}

function cursorOf(text: string): { at: string; id: string } {
  const parsed = cursor.safeParse(text.split('_'));
  if (!parsed.success) throw invalid('request.invalid', 'The cursor is not one of ours.', 'cursor');
  return { at: parsed.data[0], id: parsed.data[1] };
}
