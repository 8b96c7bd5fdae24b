import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alerts, soundAlert, soundArea, soundInfo } from '../alerts.fixture.ts';
import { checkRead } from '../check.ts';
import type { Alert } from '../model.ts';
import { readCap } from '../read/read-cap.ts';
import { writeAlert } from './write-alert.ts';

const readBack = (text: string): Alert | undefined => readCap(text).alerts[0]?.alert;

describe('writing', () => {
  test('what is written is read back the same', () => {
    fc.assert(
      fc.property(alerts, (alert) => {
        expect(readBack(writeAlert(alert))).toEqual(alert);
      }),
      { numRuns: 300 },
    );
  });

  test('what is written has no finding of the schema', () => {
    fc.assert(
      fc.property(alerts, (alert) => {
        const [read] = readCap(writeAlert(alert)).alerts;
        expect(read?.findings).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test('line breaks and signs of XML come back as they were', () => {
    const alert = soundAlert({ info: [soundInfo({ description: 'a\r\nb\rc\n<d> & "e" \'f\' ]]>' })] });
    // "<d>" alone would be markup to a device, and is a finding; here only its writing counts.
    expect(() => writeAlert(alert)).not.toThrow();
    expect(readBack(writeAlert(alert))?.info[0]?.description).toBe(alert.info[0]?.description);
  });

  test('numbers are written without exponents', () => {
    const circle = [{ center: [1e-7, -1.5e-9] as const, radiusKm: 12_345.678 }];
    const text = writeAlert(soundAlert({ info: [soundInfo({ area: [soundArea({ circle })] })] }));
    expect(text).toContain('<circle>0.0000001,-0.0000000015 12345.678</circle>');
  });

  test.each<[string, Partial<Alert>]>([
    ['identifier.characters', { identifier: 'a b' }],
    ['references.missing', { msgType: 'Update' }],
    ['status', { status: 'Real' }],
    ['scope', { scope: null }],
    ['sent', { sent: '2026-09-10T14:05:00Z' }],
    ['sent', { sent: '2026-09-10T14:05:00+00:00' }],
    ['source', { source: 'a\u0001b' }],
    ['source', { source: '\ud800' }],
    ['expires.past', { info: [soundInfo({ expires: '2026-09-10T14:05:00+07:00' })] }],
    [
      'polygon.open',
      {
        info: [
          soundInfo({
            area: [
              soundArea({
                polygon: [
                  [
                    [1, 1],
                    [1, 2],
                    [2, 2],
                    [2, 1],
                  ],
                ],
              }),
            ],
          }),
        ],
      },
    ],
    ['category', { info: [soundInfo({ category: [] })] }],
    ['language', { info: [soundInfo({ language: 'vi_VN' })] }],
  ])('%s is not written', (rule, changes) => {
    expect(() => writeAlert(soundAlert(changes))).toThrow(rule);
  });

  test('by a profile, what the profile lacks is not written either', () => {
    const alert = soundAlert({ info: [soundInfo({ expires: null })] });
    expect(() => writeAlert(alert)).not.toThrow();
    expect(() => writeAlert(alert, { profiles: ['strict'] })).toThrow('profile.strict.expires');
  });

  test('a sound message has no finding at all', () => {
    const [read] = readCap(writeAlert(soundAlert())).alerts;
    expect(read && checkRead(read, { profiles: ['strict'] })).toEqual([]);
  });
});
