import { isIPv6 } from 'node:net';

/**
 * Requests per address and route in fixed windows. It only spares the work behind it (a password hash costs 19 MiB), so it lives in
 * memory; the limits that protect accounts are in the database.
 */
export class AddressLimits {
  readonly #counts = new Map<string, { until: number; count: number }>();
  readonly #maximum: number;

  /** @param maximum Entries at most; the oldest is forgotten, so a flood of addresses costs no memory. */
  constructor(maximum = 50_000) {
    this.#maximum = maximum;
  }

  /** Seconds to wait, or 0 when the request may go on. */
  take(key: string, limit: { readonly requests: number; readonly seconds: number }, nowMs: number): number {
    const found = this.#counts.get(key);
    if (!found || found.until <= nowMs) {
      this.#counts.delete(key);
      this.#forget();
      this.#counts.set(key, { until: nowMs + limit.seconds * 1000, count: 1 });
      return 0;
    }
    found.count += 1;
    return found.count <= limit.requests ? 0 : Math.ceil((found.until - nowMs) / 1000);
  }

  #forget(): void {
    if (this.#counts.size < this.#maximum) return;
    // A Map is walked in the order of insertion.
    for (const key of this.#counts.keys()) return void this.#counts.delete(key);
  }
}

/** Whoever has one IPv6 address has the other 2^64 of its network too: they count as one. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const bare = address.split('%')[0] ?? address;
  if (!isIPv6(bare)) return address;
  const [head = '', tail] = bare.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
  const network = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}
