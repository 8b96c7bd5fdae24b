import type { AnyEntry } from '@keng/model';
import { describe, expect, it } from 'vitest';
import { worksLine } from './works-line.ts';

// Only what a line is made of.
const entry = (kind: string, body: object): AnyEntry => ({ kind, body }) as unknown as AnyEntry;

describe('the chronology of planned works', () => {
  it.each([
    [
      'works.planned',
      { by: { name: 'Nga' }, zones: ['1', '2'] },
      'line-planned',
      { name: 'Nga', zones: '1, 2' },
    ],
    [
      'works.called-back',
      { by: { name: 'Nga' }, contactName: 'Minh' },
      'called-back',
      { name: 'Nga', contact: 'Minh' },
    ],
    ['works.reminded', { contactName: 'Minh' }, 'reminded', { contact: 'Minh' }],
    ['notify.delivered', {}, 'line-delivered', {}],
    ['notify.failed', { error: 'no route' }, 'line-failed', { error: 'no route' }],
    ['works.ended', { reason: 'time', by: null }, 'line-ended-time', { name: '' }],
    ['works.ended', { reason: 'person', by: { name: 'Nga' } }, 'line-ended-person', { name: 'Nga' }],
  ])('%s', (kind, body, key, params) => {
    expect(worksLine(entry(kind, body))).toEqual({ key, params });
  });

  it('passes over what says nothing to its reader', () => {
    expect(worksLine(entry('link.lost', {}))).toBeNull();
  });
});
