import { type AnyEntry, ENTRY_KINDS } from '@keng/model';
import { describe, expect, test } from 'vitest';
import { counter, DUTY, InventedIncident } from '../../../../dev/invented.ts';
import { words } from '../../../locales/vi.ts';
import { chronologyLine, mergeEntries, writtenBy } from './chronology-line.ts';

const invent = () => new InventedIncident(counter());

describe('the chronology', () => {
  test('a note is shown as it was written', () => {
    const entry = invent().step('incident.noted', { by: DUTY, text: 'Khói\nđen' });
    expect(chronologyLine(entry)).toMatchObject({ key: 'noted', text: 'Khói\nđen' });
  });

  test('a limit that escalated says to whom', () => {
    const passed = { clock: 'desk', dueAt: '2026-01-15T00:00:00.000Z', escalatedTo: 'national' } as const;
    expect(chronologyLine(invent().step('incident.limit-passed', passed))).toMatchObject({
      key: 'limit-escalated',
      params: { clock: 'desk', level: 'national' },
    });
  });

  test('a chattering zone is one line with its count', () => {
    const repeats = [{ zone: '7', count: 40, lastAt: '2026-01-15T00:00:00.000Z' }];
    expect(chronologyLine(invent().step('incident.signals-joined', { signals: [], repeats }))).toMatchObject({
      params: { count: 40, zones: '7' },
    });
  });

  test('a path that is lost or back is named with its medium and carrier', () => {
    const path = { number: 2, medium: 'mobile', carrier: 'viettel' } as const;
    // Only what the sentence is made of.
    const told = (kind: string, body: object) => chronologyLine({ kind, body } as unknown as AnyEntry);
    const params = { path: 'alternative', medium: 'mobile', carrier: ', viettel' };
    expect(told('link.path-lost', { path })).toMatchObject({ key: 'path-lost', params, tone: 'strong' });
    expect(told('link.path-restored', { path, because: 'heard' })).toMatchObject({
      key: 'path-restored',
      params,
    });
    const silent = { path: { ...path, number: 1, carrier: null }, because: 'unregistered' };
    expect(told('link.path-restored', silent)).toMatchObject({
      key: 'path-unregistered',
      params: { path: 'primary', carrier: '' },
    });
    expect(told('link.lost', {})).toMatchObject({ key: 'link-lost', tone: 'strong' });
    expect(told('link.restored', {})).toMatchObject({ key: 'link-restored', tone: 'plain' });
  });

  test('every kind of incident entry has a sentence', () => {
    const told = Object.keys(words.chronology ?? {});
    for (const kind of Object.keys(ENTRY_KINDS).filter((one) => one.startsWith('incident.'))) {
      const start = kind.replace('incident.', '').replace('limit-passed', 'limit');
      expect(told.some((word) => word.startsWith(start))).toBe(true);
    }
  });

  test('what came with the page and again over the feed stands once, in the order of the log', () => {
    const one = invent();
    const entries = [one.opened({ number: 1 }), ...one.secondDetector('4', 'x'), one.accepted()];
    expect(mergeEntries(entries.slice(0, 3), entries.slice(1).reverse())).toEqual(entries);
  });

  test('what was written on paper stands where it happened, with who wrote it', () => {
    const one = invent();
    const at = (minute: number) => ({ at: `2026-01-15T00:0${minute}:00.000Z` });
    const opened = { ...one.opened({ number: 1 }), ...at(0) };
    const accepted = { ...one.accepted(), ...at(2) };
    const noted = one.step('incident.noted', {
      by: DUTY,
      text: 'rang by hand',
      late: { writtenBy: 'Night' },
    });
    const late = { ...noted, ...at(1) };
    expect(mergeEntries([opened, accepted], [late])).toEqual([opened, late, accepted]);
    expect([opened, late].map(writtenBy)).toEqual([null, 'Night']);
  });
});
