/** What may be asked of the workshop, and what it may cost. */
export const JOBS = ['plan', 'table', 'sheet'] as const;
export type Job = (typeof JOBS)[number];

/** Why a file was refused: the code of the problem, and what it says. */
export interface Refusal {
  readonly refused: string;
  readonly detail: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** Thrown inside the workshop; comes out as a Problem of status 422. */
export class Refused extends Error {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>> | undefined;

  constructor(code: string, detail: string, params?: Readonly<Record<string, string | number>>) {
    super(detail);
    this.name = 'Refused';
    this.code = code;
    this.params = params;
  }
}

export const WORKSHOP_LIMITS = {
  /** Files that are worked on at once, and that may wait for it. */
  atOnce: 1,
  waiting: 8,
  /** Wall time of one file. */
  milliseconds: 60_000,
  /** Resident memory of the process that works on it: above, it is killed. */
  memoryBytes: 1_200 * 1024 * 1024,
  answerBytes: 96 * 1024 * 1024,
} as const;

export type WorkshopLimits = { readonly [Name in keyof typeof WORKSHOP_LIMITS]: number };
