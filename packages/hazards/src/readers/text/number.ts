const DECIMAL = /^\s*[+-]?(?:\d{1,20}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][+-]?\d{1,3})?\s*$/;

/**
 * A decimal number, or null. What JavaScript takes besides (`0x10`, `Infinity`, the empty text) and a comma for a point
 * are no numbers of a feed.
 */
export function decimal(text: string): number | null {
  // Number passes the white space over that the pattern allows.
  if (!DECIMAL.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** A number of JSON, or one written as text as many feeds do. */
export function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return typeof value === 'string' ? decimal(value) : null;
}

/** Text of a source inside a finding: bounded, in one line. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
