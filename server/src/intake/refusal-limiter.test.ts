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

  it('reports what goes on once a minute, each time with the newest', () => {
    const limiter = new RefusalLimiter<string>(limits);
    limiter.refuse(refusal('1234'), 0);
    for (const minute of [1, 2]) {
      limiter.refuse({ ...refusal('1234'), detail: 'older' }, minute * 60_000 - 2);
      limiter.refuse({ ...refusal('1234'), detail: `newest ${minute}` }, minute * 60_000 - 1);
      expect(limiter.due(minute * 60_000 - 1)).toEqual([]);
      expect(limiter.due(minute * 60_000)).toMatchObject([{ detail: `newest ${minute}`, suppressed: 1 }]);
      expect(limiter.due(minute * 60_000)).toEqual([]);
    }
  });

  it('gives an address its share anew each minute, and all theirs each second', () => {
    const limiter = new RefusalLimiter<string>(limits);
    let accounts = 0;
    const reported = (count: number, nowMs: number, address?: string): number =>
      Array.from({ length: count }, () =>
        limiter.refuse(refusal(`A${++accounts}`, address ?? `A${accounts}`), nowMs),
      ).filter((one) => one !== null).length;
    expect(reported(6, 0, 'one')).toBe(5);
    limiter.due(59_999);
    expect(reported(6, 59_999, 'one')).toBe(0);
    limiter.due(60_000);
    expect(reported(6, 61_000, 'one')).toBe(5);
    expect(reported(20, 62_000)).toBe(8);
    expect(reported(20, 62_999)).toBe(0);
    expect(reported(20, 63_000)).toBe(8);
  });

  it('an address that has had its share takes nothing from that of the others', () => {
    const limiter = new RefusalLimiter<string>(limits);
    for (let index = 0; index < 100; index += 1) limiter.refuse(refusal(`A${index}`, 'flood'), 500);
    expect(limiter.refuse(refusal('1234', 'another'), 500)).not.toBeNull();
  });

  it('keeps reasons apart also where it gathers', () => {
    const limiter = new RefusalLimiter<string>(limits);
    const flood = (address: (index: number) => string): void => {
      for (const reason of ['account-unknown', 'key-mismatch'])
        for (let index = 0; index < 10; index += 1)
          limiter.refuse(refusal(`${reason}${index}`, address(index), reason), 500);
    };
    flood(() => 'one');
    flood((index) => `other ${index}`);
    const gathered = limiter.due(60_500).map(({ reason, suppressed }) => [reason, suppressed]);
    expect(gathered).toEqual([
      ['account-unknown', 4],
      ['key-mismatch', 9],
      ['account-unknown', 6],
      ['key-mismatch', 9],
    ]);
  });

  it('forgets the kind unused longest when there are too many, and says how many refusals went with it', () => {
    const limiter = new RefusalLimiter<string>(limits);
    const refuse = (account: number) =>
      limiter.refuse(refusal(`A${account}`, `A${account}`), Math.floor(account / 5) * 1_000);
    for (let account = 0; account < 10; account += 1) refuse(account);
    for (const again of [1, 1, 0]) refuse(again);
    for (let account = 10; account < 19; account += 1) refuse(account);
    expect([limiter.kinds, limiter.forgotten]).toEqual([10, 2]);
    expect(refuse(0)).toBeNull();
  });
});
