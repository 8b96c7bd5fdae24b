import { describe, expect, it } from 'vitest';
import { DueMarks } from './due-marks.ts';

const T0 = new Date('2026-03-01T03:00:00.000Z');
const after = (seconds: number): Date => new Date(T0.getTime() + seconds * 1000);
const START = new Date(0);

describe('from when on a sender looks for what is due', () => {
  it('first from the beginning, then from what it took last, with two seconds for what is committed late', () => {
    const marks = new DueMarks();
    expect(marks.since(T0)).toEqual([START, START, START]);
    marks.took([{ lane: 0, wasDueAt: after(-60) }], 1, T0);
    expect(marks.since(after(1))).toEqual([after(-62), START, START]);
    marks.took([{ lane: 0, wasDueAt: after(-50) }], 1, after(1));
    expect(marks.since(after(2))).toEqual([after(-52), START, START]);
  });

  it('from now, once there was no more than it took', () => {
    const marks = new DueMarks();
    marks.since(T0);
    marks.took([{ lane: 1, wasDueAt: after(-60) }], 2, T0);
    expect(marks.since(after(1))).toEqual([after(-2), after(-2), after(-2)]);
  });

  it('from the beginning every five seconds, and when the clock was set back', () => {
    const marks = new DueMarks();
    marks.since(T0);
    marks.took([], 64, T0);
    expect(marks.since(after(4.9))).not.toContainEqual(START);
    expect(marks.since(after(5))).toEqual([START, START, START]);
    marks.took([], 64, after(5));
    expect(marks.since(after(4))).toEqual([START, START, START]);
  });
});
