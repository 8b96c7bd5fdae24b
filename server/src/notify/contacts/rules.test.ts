import type { Contact, ContactId, ContactRecord, IncidentState } from '@keng/model';
import { describe, expect, it } from 'vitest';
import { afterQuiet, isToReport, nextStep, outcomesOf, waysOf } from './rules.ts';

const id = (text: string) => text as ContactId;
const contact = (order: number, email: string | null = null): Contact => ({
  id: id(`contact ${order}`),
  order,
  name: `Synthetic contact ${order}`,
  role: 'guard',
  telephone: `+849000000${order}`,
  email,
  language: 'vi',
});
const record = (of: Contact, more: Partial<ContactRecord> = {}): ContactRecord => ({
  contactId: of.id,
  facilityId: 'facility' as ContactRecord['facilityId'],
  name: of.name,
  preference: null,
  pushSubscriptions: [],
  unansweredInARow: 0,
  lastAnsweredAt: null,
  lastUnansweredAt: null,
  reportedAt: null,
  entries: 1,
  ...more,
});

type Owner = IncidentState['owner'];
const line = (contactId: string, channel: string, result: Owner['contacts'][number]['result']) => ({
  contactId: id(contactId),
  name: contactId,
  order: 1,
  channel,
  result,
  at: '',
});
const owner = (contacts: Owner['contacts'], answers: Owner['answers'] = []): { readonly owner: Owner } => ({
  owner: { answer: 'none', answers, contacts, measuresShownAt: null },
});

describe('of a closed alarm', () => {
  it.each([
    ['rang and nobody answered', [line('a', 'voice', 'no-answer')], ['a', null]],
    ['could not be called', [line('a', 'voice', 'failed')], ['a', null]],
    ['took the call', [line('a', 'voice', 'answered')], ['a', 'voice']],
    [
      'did not take the call and answered the message',
      [line('a', 'voice', 'no-answer'), line('a', 'sms', 'answered')],
      ['a', 'sms'],
    ],
  ] as const)('a contact who %s', (_, contacts, [contactId, channel]) => {
    expect(outcomesOf(owner(contacts))).toEqual([{ contactId, name: 'a', channel }]);
  });

  it('a contact whose call was still ringing is neither', () => {
    expect(outcomesOf(owner([line('a', 'voice', 'ringing'), line('a', 'sms', 'delivered')]))).toEqual([]);
  });

  it('a contact who answered on the page has answered, whatever became of the call', () => {
    const answers = [
      { contactId: id('a'), name: 'a', answer: 'false', channel: 'page', at: '' },
    ] as const satisfies Owner['answers'];
    expect(outcomesOf(owner([line('a', 'voice', 'no-answer')], answers))).toEqual([
      { contactId: 'a', name: 'a', channel: 'page' },
    ]);
  });
});

it.each([
  [2, null, false],
  [3, null, true],
  [4, null, true],
  [5, '2026-01-01T00:00:00.000Z', false],
])('%i in a row, reported at %s: to report is %s', (unansweredInARow, reportedAt, expected) => {
  const policy = { inARow: 3, source: 'keng', official: false };
  expect(isToReport(record(contact(1), { unansweredInARow, reportedAt }), policy)).toBe(expected);
});

describe('ways of a message that is not about fire', () => {
  const preference = { ways: ['push', 'email', 'sms'], language: null, quiet: null } as const;
  it.each([
    ['nothing was asked for', contact(1, 'a@example.org'), record(contact(1)), ['sms']],
    [
      'push was asked for and no browser is there',
      contact(1, 'a@example.org'),
      record(contact(1), { preference: { ...preference, ways: [...preference.ways] } }),
      ['email', 'sms'],
    ],
    [
      'only e-mail was asked for and there is no address',
      contact(1),
      record(contact(1), { preference: { ways: ['email'], language: null, quiet: null } }),
      ['sms'],
    ],
  ])('where %s', (_, whom, known, ways) => expect(waysOf(whom, known)).toEqual(ways));
});

it('who does not get it by one way is told by the next, then the next contact is told, then nobody is left', () => {
  const contacts = [contact(2), contact(1, 'one@example.org')];
  const records = new Map([
    [
      id('contact 1'),
      record(contact(1), { preference: { ways: ['email', 'sms'], language: null, quiet: null } }),
    ],
  ]);
  const tried: { contact: ContactId; way: string }[] = [];
  const told: string[] = [];
  for (;;) {
    const step = nextStep(contacts, (one) => records.get(one) ?? null, tried);
    if (step === null) break;
    told.push(`${step.contact.order} ${step.way}`);
    tried.push({ contact: step.contact.id, way: step.way });
  }
  expect(told).toEqual(['1 email', '1 sms', '2 sms']);
});

describe('quiet hours', () => {
  const quiet = (from: string, until: string) =>
    record(contact(1), { preference: { ways: ['sms'], language: null, quiet: { from, until } } });
  const now = new Date('2026-03-01T20:00:00.000Z');
  it.each([
    ['22:00', '06:00', 23 * 60, 7 * 60],
    ['22:00', '06:00', 3 * 60, 3 * 60],
    ['22:00', '06:00', 6 * 60, 0],
    ['22:00', '06:00', 12 * 60, 0],
    ['12:00', '14:00', 13 * 60, 60],
    ['12:00', '14:00', 11 * 60, 0],
  ])('from %s until %s at minute %i wait %i minutes', (from, until, minute, wait) => {
    expect(afterQuiet(quiet(from, until), now, minute).getTime() - now.getTime()).toBe(wait * 60_000);
  });

  it('whoever asked for none is told now', () => expect(afterQuiet(null, now, 0)).toBe(now));
});
