import type { Finding, Severity } from '../finding.ts';
import type { Alert, Area, Info } from '../model.ts';

/** Where a rule says what it found; lines are added by whoever knows the text. */
export type Say = (rule: string, severity: Severity, path: string, text: string) => void;

export interface RuleContext {
  /** Asked for geocodes that the caller knows: false is a code that its list does not hold, null an unknown list. */
  readonly knowsGeocode?: (valueName: string, value: string) => boolean | null;
}

export type AlertRule = (alert: Alert, say: Say, context: RuleContext) => void;

/** Runs rules over a message. */
export function runRules(alert: Alert, rules: readonly AlertRule[], context: RuleContext = {}): Finding[] {
  const findings: Finding[] = [];
  const say: Say = (rule, severity, path, text) =>
    findings.push({ rule, severity, path, text, line: 0, column: 0 });
  for (const rule of rules) rule(alert, say, context);
  return findings;
}

export function eachInfo(alert: Alert, visit: (info: Info, path: string) => void): void {
  for (const [index, info] of alert.info.entries()) visit(info, `alert/info[${index + 1}]`);
}

export function eachArea(alert: Alert, visit: (area: Area, path: string, info: Info) => void): void {
  eachInfo(alert, (info, path) => {
    for (const [index, area] of info.area.entries()) visit(area, `${path}/area[${index + 1}]`, info);
  });
}
