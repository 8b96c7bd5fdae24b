import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDeliveryStatus } from './delivery-status.ts';
import { jobOfReturn, returnPath } from './return-path.ts';
import { failureOf, isOfTheAddress, refusedAddress } from './rules.ts';

const mail = (...lines: string[]): Buffer => Buffer.from(lines.join('\r\n'));
const report = (...status: string[]): Buffer =>
  mail(
    'From: MAILER-DAEMON@mx.example',
    'Content-Type: multipart/report; report-type=delivery-status;',
    '\tboundary="B/1"',
    '',
    'Preamble.',
    '--B/1',
    'Content-Type: text/plain',
    '',
    'I am sorry.',
    '--B/1',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    '',
    ...status,
    '',
    '--B/1',
    'Content-Type: message/rfc822',
    '',
    'Subject: FIRE',
    '--B/1--',
  );

describe('what a mail that came back says', () => {
  it('is read out of its report, with what goes over several lines', () => {
    const bytes = report(
      'Final-Recipient: rfc822; gone@example.org',
      'Action: failed',
      'Status: 5.1.1 (bad mailbox)',
      'Diagnostic-Code: smtp; 550 5.1.1',
      '  no such user',
    );
    expect(readDeliveryStatus(bytes)).toEqual([
      { action: 'failed', status: '5.1.1', diagnostic: '550 5.1.1 no such user' },
    ]);
  });

  it.each([
    ['a mail that is only late', ['Action: delayed', 'Status: 4.4.1'], false],
    ['a mail that was delivered', ['Action: delivered', 'Status: 2.0.0'], false],
    ['a failure with a number of a delay', ['Action: failed', 'Status: 4.4.7'], false],
    ['a failure without a number', ['Action: failed'], true],
    ['a failure', ['Action: Failed', 'Status: 5.7.1'], true],
  ] as const)('%s', (_, lines, failed) => {
    expect(failureOf(readDeliveryStatus(report(...lines))) !== null).toBe(failed);
  });

  it.each([
    ['an answer of somebody on holiday', mail('Subject: Holiday', '', 'Action: failed', 'Status: 5.1.1')],
    [
      'a report that somebody put into a mail that is returned',
      mail('Content-Type: message/rfc822', '', report('Action: failed', 'Status: 5.1.1').toString()),
    ],
    ['a mail without an end of its head', mail('Content-Type: message/delivery-status')],
    ['a report without a boundary', mail('Content-Type: multipart/report', '', 'Action: failed')],
    ['nothing', Buffer.alloc(0)],
  ])('%s says nothing', (_, bytes) => {
    expect(readDeliveryStatus(bytes)).toEqual([]);
  });

  it('has limits: depth, recipients, length of a line, lines, bytes', () => {
    const nested = (depth: number): string[] =>
      depth === 0
        ? ['Content-Type: message/delivery-status', '', 'Action: failed']
        : [
            `Content-Type: multipart/mixed; boundary=b${depth}`,
            '',
            `--b${depth}`,
            ...nested(depth - 1),
            `--b${depth}--`,
          ];
    expect(readDeliveryStatus(mail(...nested(4)))).toHaveLength(1);
    expect(readDeliveryStatus(mail(...nested(5)))).toEqual([]);
    const many = Array.from({ length: 1_000 }, () => ['Action: failed', '']).flat();
    expect(readDeliveryStatus(report(...many)).length).toBeLessThan(21);
    const [long] = readDeliveryStatus(
      report('Action: failed', `Diagnostic-Code: smtp; ${'x'.repeat(100_000)}`),
    );
    expect(long?.diagnostic?.length).toBe(300);
    const behind = (...preamble: string[]) =>
      readDeliveryStatus(
        Buffer.from(report('Action: failed').toString().replace('Preamble.', preamble.join('\r\n'))),
      );
    expect(behind('-'.repeat(1_000))).toHaveLength(1);
    expect(behind('-'.repeat(256 * 1_024))).toEqual([]);
    expect(behind(...Array.from({ length: 4_000 }, () => '-'))).toHaveLength(1);
    expect(behind(...Array.from({ length: 5_000 }, () => '-'))).toEqual([]);
  });

  it('never throws, and is quick, whatever the bytes', () => {
    const words = [
      '\r\n',
      '\n',
      '--B',
      'Content-Type: multipart/report; boundary=B',
      'Action: failed',
      ':',
      ' ',
      ';',
    ];
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...words), fc.string()), { maxLength: 60 }), (parts) => {
        for (const one of readDeliveryStatus(Buffer.from(parts.join(''))))
          expect(one.action.length).toBeLessThan(21);
      }),
    );
  });
});

describe('the address to which mail comes back', () => {
  const secret = 'a secret that makes links';
  const job = '01999999-abcd-7000-8000-0123456789ab';

  it('names the notification, in small letters that fit a local part, whatever the case on the way', () => {
    const address = returnPath('bounces@centre.example', secret, job);
    expect(address).toMatch(/^bounces\+[a-z2-7]{42}@centre\.example$/);
    expect(jobOfReturn(address, secret)).toBe(job);
    expect(jobOfReturn(address.toUpperCase(), secret)).toBe(job);
  });

  it('cannot be made by anybody else', () => {
    const address = returnPath('bounces@centre.example', secret, job);
    expect(jobOfReturn(returnPath('bounces@centre.example', 'another', job), secret)).toBeNull();
    for (let at = 'bounces+'.length; at < address.indexOf('@') - 1; at += 1) {
      const other = address[at] === 'a' ? 'b' : 'a';
      expect(
        jobOfReturn(address.slice(0, at) + other + address.slice(at + 1), secret),
        String(at),
      ).toBeNull();
    }
    fc.assert(fc.property(fc.string(), (text) => jobOfReturn(text, secret) === null));
  });

  it('holds any notification', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => jobOfReturn(returnPath('b@c.example', secret, id), secret) === id),
    );
  });
});

describe('whose fault it is', () => {
  it.each([
    ['5.1.1', true],
    ['5.1.10', true],
    ['5.2.1', true],
    ['5.4.4', true],
    ['4.1.1', false],
    ['5.1.8', false],
    ['5.7.1', false],
    ['5.7.26', false],
  ])('%s: the address %s', (status, expected) => {
    expect(isOfTheAddress(status)).toBe(expected);
  });

  it.each([
    ['RCPT TO', 550, '550 5.1.1 no such mailbox', { status: '5.1.1' }],
    ['RCPT TO', 550, '550-5.1.1 no such\n550 5.1.1 mailbox', { status: '5.1.1' }],
    ['RCPT TO', 550, '550 no such mailbox', { status: null }],
    ['RCPT TO', 550, '550 5.7.1 you are on a list', null],
    ['RCPT TO', 554, '554 refused', null],
    ['RCPT TO', 452, '452 full', null],
    ['MAIL FROM', 550, '550 no such sender', null],
    ['DATA', 550, '550 spam', null],
  ])('%s %i %s', (command, code, text, expected) => {
    expect(refusedAddress(command, code, text)).toEqual(expected);
  });
});
