import type { IncidentId, OrganisationCode } from '@keng/model';
import { describe, expect, test } from 'vitest';
import type { QueueRow } from '../../worker/queue-row.ts';
import { ordersOf } from './station-orders.ts';

const OWN = 'VN-ST-01-01' as OrganisationCode;
const OTHER = 'VN-ST-01-02' as OrganisationCode;

const row = (
  id: string,
  stationAccepted: boolean,
  station = OWN,
  stoodDown: readonly OrganisationCode[] = [],
) => ({ id: id as IncidentId, stationAccepted, station, stoodDown }) as QueueRow;
const ids = (rows: readonly QueueRow[]) => rows.map(({ id }) => id);

describe('the one order of the station', () => {
  test('without a choice it is the most urgent that nobody accepted, not the most urgent of all', () => {
    const orders = ordersOf([row('a', true), row('b', false), row('c', false)], OWN, null);
    expect(orders.current).toBe('b');
    expect(ids(orders.waiting)).toEqual(['c']);
    expect(ids(orders.working)).toEqual(['a']);
  });

  test('what somebody works on stays when a new alarm arrives: it waits beside it', () => {
    const orders = ordersOf([row('new', false), row('a', true)], OWN, 'a' as IncidentId);
    expect(orders.current).toBe('a');
    expect(ids(orders.waiting)).toEqual(['new']);
  });

  test('a chosen order that was closed gives way to the next one', () => {
    expect(ordersOf([row('b', false)], OWN, 'gone' as IncidentId).current).toBe('b');
    expect(ordersOf([], OWN, 'gone' as IncidentId).current).toBeNull();
  });

  test('orders of other stations are not ours; who belongs to no station sees all', () => {
    const rows = [row('x', false, OTHER), row('y', false)];
    expect(ordersOf(rows, OWN, null)).toEqual({ current: 'y', waiting: [], working: [], stoodDown: [] });
    expect(ordersOf(rows, null, null).current).toBe('x');
  });

  test('an order that another station has now is no order: it is told as such, until somebody has read it', () => {
    const off = row('off', false, OWN, [OWN]);
    const rows = [off, row('a', true)];
    expect(ordersOf(rows, OWN, null)).toMatchObject({ current: 'off', waiting: [] });
    expect(ordersOf(rows, OWN, 'a' as IncidentId)).toMatchObject({
      current: 'a',
      waiting: [],
      stoodDown: [off],
    });
    expect(ordersOf(rows, OWN, null, new Set(['off' as IncidentId]))).toMatchObject({
      current: 'a',
      stoodDown: [],
    });
    expect(ordersOf([row('new', false), ...rows], OWN, null).current).toBe('new');
  });
});
