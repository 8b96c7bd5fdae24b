/** So many in one batch say that the centre is busy: what comes next is worth a moment's gathering. */
const MANY = 20;
/** As many entries beside a statement's own cost make that cost small. */
const WORTH_A_STATEMENT = 1_000;
const MOST_GATHER_MS = 250;
/** While alarms come, numbering faults and tests is followed by a rest from them of this many times what it took. */
const REST_WHILE_ALARMING = 3;
const LOOK_MS = 10;
const BUSY_LOOK_MS = 25;
/** After this many empty looks the night is quiet, and looking half as often is enough. */
const QUIET_AFTER = 200;
const QUIET_LOOK_MS = 20;

/** What the sequencer knows after a batch that numbered entries of other lanes than that of fire. */
export interface NumberedOthers {
  readonly others: number;
  readonly tookMs: number;
  /** Since the batch before it that numbered others; infinite for the first. */
  readonly sinceMs: number;
  readonly alarming: boolean;
}

/**
 * How many milliseconds faults and tests are left alone after a batch of them, while the fire lane goes on being numbered: nobody waits
 * for them by the tenth of a second, and one statement for a thousand costs a small part of twenty for fifty each.
 */
export function restFromOthersMs({ others, tookMs, sinceMs, alarming }: NumberedOthers): number {
  const courtesyMs = alarming ? tookMs * REST_WHILE_ALARMING : 0;
  if (others < MANY) return courtesyMs;
  return Math.max(courtesyMs, Math.min(MOST_GATHER_MS, (WORTH_A_STATEMENT / others) * sinceMs));
}

/**
 * How many milliseconds until the next look: after a batch of so many entries or, with none, after so many empty looks in a row; or while
 * others rest, for then the next one may number an alarm or two.
 */
export function untilNextLookMs(numbered: number, othersRest: boolean, emptyLooks: number): number {
  if (othersRest || numbered >= MANY) return BUSY_LOOK_MS;
  return emptyLooks > QUIET_AFTER ? QUIET_LOOK_MS : LOOK_MS;
}
