import type { CrewRule, Level, ShiftStart } from './country-pack.ts';
import type { JsonNode } from './json-node.ts';
import { readLocalText, readNamed, readSourced, type Sources } from './read-facts.ts';

/** What the country says about the command room: who is on a shift, and when shifts change. */

const LEVELS: readonly Level[] = ['national', 'province', 'station'];
const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;

export function readCrewRule(node: JsonNode, sources: Sources): CrewRule {
  return {
    level: node.field('level').oneOf(LEVELS),
    code: node.field('code').text(),
    officers: node.field('officers').positive(),
    texts: readLocalText(node.field('texts')),
    ...readSourced(node, sources),
  };
}

export function readShiftStart(node: JsonNode, sources: Sources): ShiftStart {
  const at = node.field('at').text();
  if (!TIME_OF_DAY.test(at)) throw node.field('at').fail('is no time of day as HH:MM');
  return { ...readNamed(node, sources), at };
}
