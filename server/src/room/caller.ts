import { Problem } from '@keng/model';
import type { RequestContext } from '../platform/http/index.ts';
import type { RoomCaller } from './service.ts';

/** @throws Problem `user.no-organisation`: a shift belongs to a desk or a station */
export function callerOf({ world, now, actor, user }: RequestContext): RoomCaller {
  if (user === null) throw new Problem(401, 'session.missing', 'Log in first.');
  if (user.organisation === null) {
    throw new Problem(
      422,
      'user.no-organisation',
      'Only somebody who belongs to a desk or a station can do this.',
    );
  }
  return {
    world,
    now,
    actor,
    person: { id: user.id, name: user.name },
    organisation: user.organisation,
  };
}
