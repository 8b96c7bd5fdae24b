import type { ReviewOutcome } from '../entries/rights.ts';
import type { AnyEntry } from '../entry.ts';
import type { OrganisationCode, UserId } from '../ids.ts';
import type { Role } from '../permissions.ts';

export interface RaisedRightsState {
  readonly id: string;
  readonly user: { readonly id: UserId; readonly name: string };
  /** Of the user, whose level above is told. */
  readonly organisation: OrganisationCode | null;
  readonly target: OrganisationCode;
  readonly role: Role | null;
  readonly reason: string;
  readonly from: string;
  readonly until: string;
  /** Given back before their time. */
  readonly endedAt: string | null;
  readonly review: {
    readonly outcome: ReviewOutcome;
    readonly note: string;
    readonly by: string;
    readonly at: string;
  } | null;
}

type RightsEntry = Extract<AnyEntry, { readonly kind: `rights.${string}` }>;

export const isRightsEntry = (entry: AnyEntry): entry is RightsEntry => entry.kind.startsWith('rights.');

export function applyRaisedRights(
  state: RaisedRightsState | null,
  entry: RightsEntry,
): RaisedRightsState | null {
  switch (entry.kind) {
    case 'rights.raised':
      return {
        id: entry.subject,
        user: { id: entry.body.userId, name: entry.actor.name ?? '' },
        organisation: entry.organisation,
        target: entry.body.target,
        role: entry.body.role,
        reason: entry.body.reason,
        from: entry.at,
        until: entry.body.until,
        endedAt: null,
        review: null,
      };
    case 'rights.ended':
      return state && { ...state, endedAt: entry.at };
    case 'rights.reviewed': {
      const { outcome, note, by } = entry.body;
      return state && { ...state, review: { outcome, note, by: by.name, at: entry.at } };
    }
  }
}

/** Whether they hold at this moment. */
export function areRaised(state: Pick<RaisedRightsState, 'until' | 'endedAt'>, now: Date): boolean {
  return state.endedAt === null && new Date(state.until) > now;
}
