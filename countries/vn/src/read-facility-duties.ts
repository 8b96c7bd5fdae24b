import type { FacilityDuties } from './country-pack.ts';
import type { JsonNode } from './json-node.ts';
import { readLimit, readNamed, type Sources } from './read-facts.ts';

const GROUPS = ['identity', 'hazards', 'forces', 'scenarios'] as const;

/** facility-duties.json; `unique` refuses a code that stands twice. */
export function readFacilityDuties(
  file: JsonNode,
  sources: Sources,
  unique: (list: JsonNode) => JsonNode[],
): FacilityDuties {
  const named = (field: string) => unique(file.field(field)).map((node) => readNamed(node, sources));
  return {
    rules: unique(file.field('rules')).map((node) => readLimit(node, sources)),
    forms: {
      selfInspection: file.field('forms').field('selfInspection').text(),
      firePlan: file.field('forms').field('firePlan').text(),
    },
    checklist: named('checklist'),
    articles: named('articles'),
    firePlan: unique(file.field('firePlan')).map((node) => ({
      ...readNamed(node, sources),
      group: node.field('group').oneOf(GROUPS),
      required: node.field('required').boolean(),
    })),
  };
}
