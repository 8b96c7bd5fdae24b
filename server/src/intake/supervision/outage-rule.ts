import type { OutageGroup } from '@keng/model';

/** Links of one area and one carrier; `carrier` null: nobody wrote it down. */
export interface Cell {
  readonly area: string;
  readonly carrier: string | null;
  readonly links: number;
}

/** When many lost links are one thing. Numbers of the country pack. */
export interface OutageRule {
  /** At least so many links of a group, */
  readonly links: number;
  /** and at least so many of a hundred that are supervised in it, */
  readonly percent: number;
  /** lost within this time, in seconds of listening. */
  readonly windowSeconds: number;
  /** So many of a hundred are back: its end is proposed. */
  readonly endPercent: number;
}

export interface FoundOutage {
  readonly group: OutageGroup;
  readonly lost: number;
  readonly supervised: number;
}

/**
 * The groups that explain recent losses, each loss by one group only. Of the groups beyond the thresholds the one comes first that
 * explains most with the least left over (links lost times their share): the cut of a province takes all of the area and a part
 * of each carrier, the failure of a carrier all of the carrier and a part of each area.
 */
export function findOutages(
  lost: readonly Cell[],
  supervised: readonly Cell[],
  rule: OutageRule,
): FoundOutage[] {
  const found: FoundOutage[] = [];
  let rest = lost;
  for (;;) {
    const best = bestOf(rest, supervised, rule);
    if (best === null) return found;
    found.push(best);
    rest = rest.filter((cell) => !belongsTo(best.group, cell));
  }
}

/** Is a link of this area and carrier one of the group? */
export function belongsTo(group: OutageGroup, link: Pick<Cell, 'area' | 'carrier'>): boolean {
  return (
    (group.area === null || group.area === link.area) &&
    (group.carrier === null || group.carrier === link.carrier)
  );
}

/** Are so many back that the desk may end it? */
export function isOver(lost: number, back: number, rule: OutageRule): boolean {
  return lost > 0 && back * 100 >= lost * rule.endPercent;
}

function bestOf(lost: readonly Cell[], supervised: readonly Cell[], rule: OutageRule): FoundOutage | null {
  let best: FoundOutage | null = null;
  for (const group of groupsOf(lost)) {
    const one = { group, lost: sum(lost, group), supervised: sum(supervised, group) };
    if (one.lost < rule.links || one.lost * 100 < one.supervised * rule.percent) continue;
    if (best === null || weight(one) > weight(best)) best = one;
  }
  return best;
}

/** Areas before carriers: where both say the same, the place is what a fire service can act on. */
function groupsOf(lost: readonly Cell[]): OutageGroup[] {
  const areas = new Set(lost.map((cell) => cell.area));
  const carriers = new Set(lost.flatMap((cell) => cell.carrier ?? []));
  return [
    ...[...areas].sort().map((area) => ({ area, carrier: null })),
    ...[...carriers].sort().map((carrier) => ({ area: null, carrier })),
  ];
}

function sum(cells: readonly Cell[], group: OutageGroup): number {
  return cells.reduce((links, cell) => (belongsTo(group, cell) ? links + cell.links : links), 0);
}

/** The register may have shrunk since the loss: never more than all. */
function weight({ lost, supervised }: FoundOutage): number {
  return lost * Math.min(1, lost / Math.max(1, supervised));
}
