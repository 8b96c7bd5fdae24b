import { type Contact, type ContactId, newId } from '@keng/model';
import { expect, test } from 'vitest';
import { contactLines } from './contact-lines.ts';

const contact = (order: number, name: string): Contact => ({
  id: newId<ContactId>(),
  order,
  name,
  role: 'bảo vệ',
  telephone: `+8400000000${order}`,
  email: null,
  language: 'vi',
});
const AT = '2026-01-15T00:00:00.000Z';

test('contacts stand in calling order, with the best result of all their channels', () => {
  const [second, first] = [contact(2, 'B'), contact(1, 'A')];
  const state = (
    id: ContactId,
    name: string,
    channel: string,
    result: 'ringing' | 'answered' | 'failed',
  ) => ({
    contactId: id,
    name,
    order: 1,
    channel,
    result,
    at: AT,
  });
  const owner = {
    answer: 'none' as const,
    answers: [],
    measuresShownAt: null,
    contacts: [
      state(first.id, 'A', 'voice', 'answered'),
      state(first.id, 'A', 'sms', 'failed'),
      state(second.id, 'B', 'voice', 'ringing'),
    ],
  };
  expect(
    contactLines(owner, [second, first]).map((line) => [line.name, line.telephone, line.result]),
  ).toEqual([
    ['A', '+84000000001', 'answered'],
    ['B', '+84000000002', 'ringing'],
  ]);
});

test('who was reached but is not registered is shown all the same', () => {
  const id = newId<ContactId>();
  const owner = {
    answer: 'none' as const,
    answers: [],
    measuresShownAt: null,
    contacts: [
      { contactId: id, name: 'C', order: 99, channel: 'voice', result: 'no-answer' as const, at: AT },
    ],
  };
  expect(contactLines(owner, [])).toMatchObject([{ name: 'C', telephone: null, result: 'no-answer' }]);
});

test('a mail that was taken over does not stand over a telephone that nobody answered', () => {
  const known = contact(1, 'A');
  const line = (channel: string, result: 'no-answer' | 'delivered') => ({
    contactId: known.id,
    name: 'A',
    order: 1,
    channel,
    result,
    at: AT,
  });
  const owner = {
    answer: 'none' as const,
    answers: [],
    measuresShownAt: null,
    contacts: [line('voice', 'no-answer'), line('email', 'delivered'), line('push', 'delivered')],
  };
  expect(contactLines(owner, [known])).toMatchObject([{ name: 'A', result: 'no-answer' }]);
});
