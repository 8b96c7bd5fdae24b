/** `error`: against the standard; `warning`: allowed, and likely to go wrong; `advice`: a reader may want it otherwise. */
export type Severity = 'error' | 'warning' | 'advice';

/** Where it stands: `alert/info[2]/expires`, counted from 1; line and column from 1, 0 where there is no text. */
export interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** One deviation, by the name of its rule. */
export interface Finding extends Place {
  /** `schema.missing`, `polygon.open`, `profile.ipaws.code` ... docs/cap.md lists them all. */
  readonly rule: string;
  readonly severity: Severity;
  /** What is wrong, in English. */
  readonly text: string;
}

export type CapErrorCode =
  | 'too-large'
  | 'encoding-unknown'
  | 'encoding-invalid'
  | 'not-well-formed'
  | 'doctype-refused'
  | 'too-deep'
  | 'too-many-elements'
  | 'not-writable'
  | 'signature-refused'
  | 'key-refused';

/** Why a text was refused as a whole; `line` and `column` count from 1, 0 where there is none. */
export class CapError extends Error {
  override readonly name = 'CapError';
  readonly code: CapErrorCode;
  readonly line: number;
  readonly column: number;

  constructor(
    code: CapErrorCode,
    text: string,
    at: { line: number; column: number } = { line: 0, column: 0 },
  ) {
    super(at.line > 0 ? `${text} (line ${at.line}, column ${at.column})` : text);
    this.code = code;
    this.line = at.line;
    this.column = at.column;
  }
}
