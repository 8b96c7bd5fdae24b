import { describe, expect, test } from 'vitest';
import { ScreenProof, type TabProof } from './screen-proof.ts';

const proof = (more: Partial<TabProof> = {}): TabProof => ({
  sound: 'running',
  visible: true,
  csrf: 'value',
  ...more,
});

describe('what a browser proves', () => {
  test('one tab that is heard, and one that is seen, are enough', () => {
    const screen = new ScreenProof<string>('id');
    screen.take('a', proof({ sound: 'blocked' }), 0);
    screen.take('b', proof({ visible: false }), 0);
    expect(screen.report(1_000)).toEqual({ screen: 'id', sound: 'running', visible: true });
    screen.leave('b');
    expect(screen.report(1_000)).toMatchObject({ sound: 'blocked', visible: true });
  });

  test('a clock of the sound that stands still is no sound', () => {
    const screen = new ScreenProof<string>('id');
    screen.take('a', proof({ sound: 'stalled' }), 0);
    expect(screen.report(0)).toMatchObject({ sound: 'stalled' });
  });

  test('a frozen tab proves nothing: when none answers, nothing is said', () => {
    const screen = new ScreenProof<string>('id');
    screen.take('a', proof(), 0);
    screen.take('b', proof({ sound: 'blocked' }), 20_000);
    expect(screen.report(30_000)).toMatchObject({ sound: 'blocked' });
    expect(screen.report(60_000)).toBeNull();
  });
});
