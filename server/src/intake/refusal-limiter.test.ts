import { describe, expect, it } from 'vitest';
import { RefusalLimiter } from './refusal-limiter.ts';

const limits = { kinds: 10, reportEveryMs: 60_000, perAddress: 5, perSecond: 8 };
const refusal = (account: string, address = '192.0.2.1', reason = 'account-unknown') => ({
  account,
  address,
  reason,
  detail: account,
});

describe('the refusal limiter', () => {
  it('reports the first of its kind at once, and the rest once a minute with their number', () => {
    const limiter = new RefusalLimiter<string>(limits);
    expect(limiter.refuse(refusal('1234'), 0)).toMatchObject({ account: '1234', suppressed: 0 });
    for (let count = 0; count < 50; count += 1)
      expect(limiter.refuse(refusal('1234'), 1_000 + count)).toBeNull();
    expect(limiter.due(59_999)).toEqual([]);
    // Fifty were counted; the report shows the newest of them, and 49 more.
    expect(limiter.due(60_000)).toMatchObject([{ account: '1234', suppressed: 49 }]);
    expect(limiter.due(130_000)).toEqual([]);
    expect(limiter.refuse(refusal('1234'), 140_000)).not.toBeNull();
  });

  it('keeps accounts, addresses and reasons apart', () => {
    const limiter = new RefusalLimiter<string>(limits);
    const three = [
      refusal('1234'),
      refusal('5678'),
      refusal('1234', '192.0.2.2'),
      refusal('1234', '192.0.2.1', 'key-mismatch'),
    ];
    for (const one of three) expect(limiter.refuse(one, 0)).not.toBeNull();
  });

  it('gathers what one address sends beyond its share, whatever the account', () => {
    const limiter = new RefusalLimiter<string>(limits);
    const reports = Array.from({ length: 100 }, (_, index) =>
      limiter.refuse(refusal(`A${index}`), index * 1_000),
    );
    expect(reports.filter((one) => one !== null)).toHaveLength(limits.perAddress);
    expect(limiter.due(170_000).reduce((sum, one) => sum + one.suppressed + 1, 0)).toBe(95);
  });

  it('stays within its memory and its reports a second under a flood from invented addresses', () => {
    const limiter = new RefusalLimiter<string>(limits);
    let reported = 0;
    for (let index = 0; index < 10_000; index += 1) {
      if (limiter.refuse(refusal(`A${index}`, `198.51.100.${index}`), 500)) reported += 1;
    }
    expect(reported).toBe(limits.perSecond);
    expect(limiter.kinds).toBeLessThanOrEqual(limits.kinds);
  });
});
