import type { OutageGroup } from '../entries/outage.ts';
import type { AnyEntry } from '../entry.ts';

/** Many links of one area or carrier that were lost at once. */
export interface OutageState {
  readonly id: string;
  readonly group: OutageGroup;
  readonly status: 'open' | 'closed';
  readonly firstLostAt: string;
  readonly openedAt: string;
  readonly supervised: number;
  /** Links that were lost since it began; one that goes twice counts twice. */
  readonly lost: number;
  readonly back: number;
  /** Since when nearly all are back. */
  readonly endProposedAt: string | null;
  readonly acceptedBy: { readonly id: string; readonly name: string; readonly at: string } | null;
  readonly closedBy: {
    readonly id: string;
    readonly name: string;
    readonly at: string;
    readonly note: string;
  } | null;
}

export type OutageEntry = Extract<AnyEntry, { readonly kind: `outage.${string}` }>;

/** An outage after one more entry. */
export function applyOutage(state: OutageState | null, entry: OutageEntry): OutageState | null {
  if (entry.kind === 'outage.opened') {
    const { outageId, group, firstLostAt, lost, supervised } = entry.body;
    return {
      id: outageId,
      group,
      status: 'open',
      firstLostAt,
      openedAt: entry.at,
      supervised,
      lost,
      back: 0,
      endProposedAt: null,
      acceptedBy: null,
      closedBy: null,
    };
  }
  if (state === null) return null;
  switch (entry.kind) {
    case 'outage.counted':
      return { ...state, lost: entry.body.lost, back: entry.body.back };
    case 'outage.end-proposed':
      return {
        ...state,
        lost: entry.body.lost,
        back: entry.body.back,
        endProposedAt: entry.body.proposed ? entry.at : null,
      };
    case 'outage.accepted':
      return { ...state, acceptedBy: { ...entry.body.by, at: entry.at } };
    case 'outage.closed':
      return {
        ...state,
        status: 'closed',
        closedBy: { ...entry.body.by, at: entry.at, note: entry.body.note },
      };
  }
}

export function isOutageEntry(entry: AnyEntry): entry is OutageEntry {
  return entry.kind.startsWith('outage.');
}
