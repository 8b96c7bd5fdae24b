import type { Finding } from './finding.ts';
import type { Alert } from './model.ts';
import type { AlertRead } from './read/read-cap.ts';
import { areaRules } from './rules/area-rules.ts';
import { headerRules } from './rules/header-rules.ts';
import { infoRules } from './rules/info-rules.ts';
import { PROFILES, type ProfileName } from './rules/profiles.ts';
import { type RuleContext, runRules } from './rules/rule.ts';
import type { XmlElement } from './xml/tree.ts';

export interface CheckOptions extends RuleContext {
  readonly profiles?: readonly ProfileName[];
}

const RULES = [...headerRules, ...infoRules, ...areaRules];

/** The rules of the standard's text that its schema cannot say, and those of profiles, for a message that was made. */
export function checkAlert(alert: Alert, options: CheckOptions = {}): Finding[] {
  const profiles = (options.profiles ?? []).flatMap((name) => PROFILES[name]);
  return runRules(alert, [...RULES, ...profiles], options);
}

/** The same for a message that was read, with the findings of reading and of its schema, and the lines where they stand. */
export function checkRead(read: AlertRead, options: CheckOptions = {}): Finding[] {
  const known = new Set(read.findings.map((one) => `${one.rule} ${one.path}`));
  const rules = checkAlert(read.alert, options)
    .filter((one) => !known.has(`${one.rule} ${one.path}`))
    .map((one) => ({ ...one, ...placeOf(read.element, one.path) }));
  return [...read.findings, ...rules];
}

/** The line of a path, or that of the nearest element above it. */
function placeOf(root: XmlElement, path: string): { line: number; column: number } {
  let at = root;
  for (const step of path.split('/').slice(1)) {
    const [, name = '', number = '1'] = /^(\w+)(?:\[(\d+)\])?$/.exec(step) ?? [];
    const next = at.children.filter((child) => child.name === name)[Number(number) - 1];
    if (!next) break;
    at = next;
  }
  return { line: at.line, column: at.column };
}
