import type { Level } from '@keng/model';
import { useOrganisations } from '../api/queries.ts';
import { useSession } from '../session/session-context.tsx';
import { deskOf } from './desk-of.ts';

/** The desk that this person sits at. */
export function useDeskOfUser(): { readonly level: Level; readonly organisation: string | null } {
  const { session } = useSession();
  const organisations = useOrganisations();
  return { level: deskOf(session.user, organisations.data ?? []), organisation: session.user.organisation };
}
