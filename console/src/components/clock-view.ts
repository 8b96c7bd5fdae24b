export type ClockPhase = 'running' | 'late' | 'met' | 'met-late';

export interface ClockView {
  readonly phase: ClockPhase;
  /** Left while running, over while late; 0 once it has been met. */
  readonly seconds: number;
}

interface ClockFacts {
  readonly dueAt: string;
  readonly stopped: boolean;
  readonly passed: boolean;
}

/** What a clock says at this moment. A limit that passed stays visible after somebody did what it waited for. */
export function clockView(clock: ClockFacts, now: number): ClockView {
  if (clock.stopped) return { phase: clock.passed ? 'met-late' : 'met', seconds: 0 };
  const left = (Date.parse(clock.dueAt) - now) / 1000;
  if (left <= 0) return { phase: 'late', seconds: Math.floor(Math.abs(left)) };
  // Rounded up: the clock shows 0:00 only when time is really over.
  return { phase: 'running', seconds: Math.ceil(left) };
}
