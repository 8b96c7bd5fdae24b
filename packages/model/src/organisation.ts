import type { OrganisationCode } from './ids.ts';

/** The three desks of the handbook (fire-command-centre.md, section 3): C07, PC07 of a province, team of an area. */
export const LEVELS = ['national', 'province', 'station'] as const;
export type Level = (typeof LEVELS)[number];

export interface LocalisedName {
  readonly vi: string;
  readonly en: string;
  readonly ru: string;
  readonly zh: string;
}

export interface Organisation {
  readonly code: OrganisationCode;
  readonly level: Level;
  readonly parent: OrganisationCode | null;
  readonly name: LocalisedName;
  /** The province (or other area) it answers for; null for the national desk. */
  readonly areaCode: string | null;
  /** Longitude and latitude in degrees, WGS 84. */
  readonly position: readonly [number, number] | null;
  readonly synthetic: boolean;
}

/** The organisation and everything below it. */
export function subtree(
  organisations: readonly Organisation[],
  root: OrganisationCode,
): ReadonlySet<OrganisationCode> {
  const children = groupByParent(organisations);
  const found = new Set<OrganisationCode>([root]);
  const open = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const child of children.get(next) ?? []) {
      if (found.has(child.code)) continue;
      found.add(child.code);
      open.push(child.code);
    }
  }
  return found;
}

function groupByParent(organisations: readonly Organisation[]): Map<OrganisationCode | null, Organisation[]> {
  const groups = new Map<OrganisationCode | null, Organisation[]>();
  for (const one of organisations) {
    const group = groups.get(one.parent);
    if (group) group.push(one);
    else groups.set(one.parent, [one]);
  }
  return groups;
}
