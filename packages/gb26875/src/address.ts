/** Largest of the six-byte addresses. */
export const mostAddress = 2 ** 48 - 1;

/** An address as it is registered: 12 capital hex digits, highest first. 889 is `000000000379`. */
export function accountOf(address: number): string {
  return address.toString(16).toUpperCase().padStart(12, '0');
}

/** The address of an account of at most 12 hex digits; null for anything else. */
export function addressOf(account: string): number | null {
  return /^[0-9A-Fa-f]{1,12}$/.test(account) ? Number.parseInt(account, 16) : null;
}
