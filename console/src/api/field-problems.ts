import { type FieldProblem, Problem } from '@keng/model';
import i18next from 'i18next';

/** What the centre says about one field: `contacts.1.telephone`. */
export type ProblemAt = (field: string) => string | undefined;

/** The words for each field at fault; a problem of a part (`position.0`) stands at the whole where that is one field. */
export function problemsByField(error: unknown): ProblemAt {
  const problems = error instanceof Problem ? (error.problems ?? []) : [];
  return (field) => {
    const found = problems.find(({ at }) => at === field || (WHOLE.has(field) && at.startsWith(`${field}.`)));
    return found && wordsOf(found);
  };
}

const WHOLE: ReadonlySet<string> = new Set(['position', 'hazards', 'onSiteForce']);

/** Our own words for the code; the English of the centre where there are none. */
export function wordsOf({ code, detail }: Pick<FieldProblem, 'code' | 'detail'>): string {
  const key = `field.${code.replaceAll('.', '-')}`;
  return i18next.exists(key) ? i18next.t(key) : detail;
}
