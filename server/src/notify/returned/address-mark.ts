import { createHash } from 'node:crypto';

/** By what an e-mail address is known again without being repeated. The list of contacts does the same in SQL. */
export function markOf(address: string): string {
  return createHash('sha256').update(address.toLowerCase()).digest('hex').slice(0, 32);
}
