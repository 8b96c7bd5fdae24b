import type { FacilityState, World } from '@keng/model';
import type { PoolClient } from '../../platform/index.ts';
import { keptApart, matchesOf, sharedKeys } from './match-store.ts';
import { type DuplicateReason, PROPOSED_FROM, scoreDuplicate } from './score.ts';

export interface DuplicateProposal {
  readonly points: number;
  readonly reasons: readonly DuplicateReason[];
  readonly facilities: readonly [FacilityState, FacilityState];
}

export interface ProposalPage {
  readonly proposals: readonly DuplicateProposal[];
  /** Where to look on; null at the end. */
  readonly next: string | null;
}

/** Pairs that a person should look at, in what the session may see; the likeliest of a page first. */
export async function proposeDuplicates(
  client: PoolClient,
  world: World,
  page: { readonly after: string | null; readonly limit: number },
  telephonePrefix: string,
): Promise<ProposalPage> {
  const shared = await sharedKeys(client, world, page);
  const pairs = new Set(shared.flatMap(({ facilities }) => pairsOf(facilities)));
  return {
    proposals: await scored(client, world, pairs, telephonePrefix),
    next: shared.length === page.limit ? (shared.at(-1)?.key ?? null) : null,
  };
}

/** The same for one facility. */
export async function duplicatesOf(
  client: PoolClient,
  world: World,
  facility: string,
  telephonePrefix: string,
): Promise<DuplicateProposal[]> {
  const others = await matchesOf(client, world, facility);
  return scored(client, world, new Set(others.map((other) => pairName(facility, other))), telephonePrefix);
}

/** Two ids as one name, whichever comes first. */
export const pairName = (one: string, other: string): string =>
  one < other ? `${one}/${other}` : `${other}/${one}`;

function pairsOf(facilities: readonly string[]): string[] {
  return facilities.flatMap((one, index) => facilities.slice(index + 1).map((other) => pairName(one, other)));
}

async function scored(
  client: PoolClient,
  world: World,
  pairs: ReadonlySet<string>,
  prefix: string,
): Promise<DuplicateProposal[]> {
  const split = [...pairs].map((pair) => pair.split('/') as [string, string]);
  const ids = [...new Set(split.flat())];
  const { rows } = await client.query<{ state: FacilityState }>(
    'select state from facility where world = $1 and id = any($2::uuid[]) and removed_at is null',
    [world, ids],
  );
  const states = new Map<string, FacilityState>(rows.map(({ state }) => [state.id, state]));
  const apart = await keptApart(client, world, ids);
  return split
    .flatMap(([one, other]): DuplicateProposal[] => {
      const facilities = [states.get(one), states.get(other)] as const;
      const [left, right] = facilities;
      if (left === undefined || right === undefined || apart.has(pairName(one, other))) return [];
      const score = scoreDuplicate(left, right, prefix);
      return score.points < PROPOSED_FROM ? [] : [{ ...score, facilities: [left, right] }];
    })
    .sort((one, other) => other.points - one.points);
}
