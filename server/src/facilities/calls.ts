import { type FacilityId, forbidden, type Permission } from '@keng/model';
import { z } from 'zod';
import type { RequestContext } from '../platform/http/index.ts';
import type { Hand } from './change.ts';

/** What the routes of this module share. */
export const facilityIdParam = z.uuid().transform((text) => text as FacilityId);

/** Every role reads facilities: desks those below them, owners their own. A role with neither permission reads none. */
export function permitReading({ user }: RequestContext): void {
  const enough: readonly Permission[] = ['facility.read', 'facility.own'];
  if (!enough.some((permission) => user?.permissions.has(permission))) throw forbidden('facility.read');
}

export const handOf = (context: RequestContext): Hand => ({
  world: context.world,
  at: context.now,
  actor: context.actor,
});

/** An owner need not learn which officer wrote something: names of others are left out of what they are given. */
export function forReader<Value>(context: RequestContext, value: Value): Value {
  const { user } = context;
  if (user === null || user.permissions.has('facility.read')) return value;
  return withoutOfficers(value, user.id) as Value;
}

function withoutOfficers(value: unknown, reader: string): unknown {
  if (Array.isArray(value)) return value.map((one) => withoutOfficers(one, reader));
  if (typeof value !== 'object' || value === null) return value;
  if ('kind' in value && value.kind === 'user' && 'id' in value && typeof value.id === 'string') {
    return value.id === reader ? value : { kind: 'user', id: '' };
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, withoutOfficers(member, reader)]),
  );
}
