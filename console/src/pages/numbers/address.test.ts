import { describe, expect, it } from 'vitest';
import { addressOf, lastDays, shownBy } from './address.ts';

describe('the address of the numbers', () => {
  it('holds the filter and the list behind a number, and gives both back', () => {
    const shown = {
      filter: { from: '2026-10-01', to: '2026-10-31', area: '01', cause: null },
      list: { of: 'incidents', behind: { measure: 'desk', met: 'late' } },
    } as const;
    expect(shownBy(addressOf(shown))).toEqual(shown);
  });

  it('an empty one means the numbers of the usual period', () => {
    expect(shownBy(new URLSearchParams())).toEqual({
      filter: { from: null, to: null, area: null, cause: null },
      list: null,
    });
  });

  it('a model without a name is a model, too', () => {
    const shown = shownBy(new URLSearchParams('list=incidents&model='));
    expect(shown.list?.behind).toEqual({ model: '' });
  });

  it('counts the last days with this one, across months', () => {
    expect(lastDays(7, '2026-03-03')).toEqual({ from: '2026-02-25', to: '2026-03-03' });
  });
});
