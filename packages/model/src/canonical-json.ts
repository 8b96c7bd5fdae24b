/**
 * JSON with sorted keys and no white space (RFC 8785 for the values that entries hold: no NaN, no undefined members),
 * so that two centres hash the same bytes for the same entry.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') {
    if (typeof value === 'number' && !Number.isFinite(value)) {
      throw new TypeError('canonical JSON has no NaN or Infinity: leave the member out instead');
    }
    return JSON.stringify(value) ?? 'null';
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  let text = '';
  // Sorted by UTF-16 code units, as RFC 8785, section 3.2.3 wants: the default order of sort().
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key];
    if (member === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}
