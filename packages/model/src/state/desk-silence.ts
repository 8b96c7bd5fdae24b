import type { SilenceReason } from '../entries/desk.ts';
import type { AnyEntry } from '../entry.ts';
import type { OrganisationCode } from '../ids.ts';
import type { Level } from '../organisation.ts';
import type { PersonRef } from './incident-state.ts';

/** A desk that cannot be counted on, and who above it looks after that. */
export interface DeskSilenceState {
  readonly organisation: OrganisationCode;
  /** Absent in entries of before: a province. */
  readonly level?: Level;
  /** Absent in a centre of before. */
  readonly reason?: SilenceReason;
  readonly since: string;
  /** When the level above was told. */
  readonly toldAt: string;
  readonly claimedBy?: PersonRef & { readonly at: string };
  /** Nobody one level up had claimed it by then: it waits at the national desk, too. */
  readonly raised?: { readonly to: 'national'; readonly at: string };
}

const KINDS = ['desk.silent', 'desk.claimed', 'desk.raised', 'desk.answered'] as const;
export type DeskSilenceEntry = Extract<AnyEntry, { readonly kind: (typeof KINDS)[number] }>;

export function isDeskSilenceEntry(entry: AnyEntry): entry is DeskSilenceEntry {
  return (KINDS as readonly string[]).includes(entry.kind);
}

/** The silence of a desk after one more entry about it; null: it answers. What was said of a silence that is over changes nothing. */
export function applyDeskSilence(
  state: DeskSilenceState | null,
  entry: DeskSilenceEntry,
): DeskSilenceState | null {
  switch (entry.kind) {
    case 'desk.answered':
      return null;
    case 'desk.silent': {
      const { organisation, level, reason, since } = entry.body;
      return { organisation, reason, since, toldAt: entry.at, ...(level === undefined ? {} : { level }) };
    }
    case 'desk.claimed': {
      if (state?.since !== entry.body.silentSince || state.claimedBy !== undefined) return state;
      return { ...state, claimedBy: { ...entry.body.by, at: entry.at } };
    }
    case 'desk.raised': {
      if (state?.since !== entry.body.silentSince || state.raised !== undefined) return state;
      return { ...state, raised: { to: entry.body.to, at: entry.at } };
    }
  }
}
