import { type FieldProblem, PROBE_ACCOUNTS, type Transmitter, type TransmitterPath } from '@keng/model';
import type { TransmitterInput } from './facility-input.ts';

/** What a category of the country pack asks of a transmitter. */
export interface SupervisionFacts {
  readonly paths: 1 | 2;
  readonly seconds: number;
  readonly alternativeSeconds: number | null;
}

export type SupervisionCategories = ReadonlyMap<string, SupervisionFacts>;

/** What is wrong with how a transmitter is supervised. */
export function supervisionProblems(
  one: TransmitterInput,
  index: number,
  categories: SupervisionCategories,
): FieldProblem[] {
  const at = (field: string): string => `transmitters.${index}.${field}`;
  const found: FieldProblem[] = [];
  if (one.account === PROBE_ACCOUNTS[one.protocol])
    found.push({
      at: at('account'),
      code: 'facility.account-reserved',
      detail: 'This account belongs to the synthetic alarm of the centre.',
    });
  const paths = one.paths ?? [];
  if (paths.length > 1 && paths.some((path) => !isMarked(path)))
    found.push({
      at: at('paths'),
      code: 'facility.path-unmarked',
      detail:
        'Each of two paths needs a mark by which it is known: listener, line, receiver number or network.',
    });
  if (one.category === null || one.category === undefined) return found;
  const category = categories.get(one.category);
  if (category === undefined)
    found.push({
      at: at('category'),
      code: 'facility.supervision-unknown',
      detail: `There is no supervision category "${one.category}".`,
    });
  else if (category.paths === 2 && paths.length !== 2)
    found.push({
      at: at('category'),
      code: 'facility.supervision-paths',
      detail: `Category ${one.category} is for transmitters with two paths; ${paths.length} are described.`,
    });
  return found;
}

/**
 * With the times of its category. What the sender does not know of (`undefined`: an older form, a file without the column) stays as
 * it is, a category as long as the time is still its own.
 */
export function supervised(
  one: TransmitterInput,
  before: Transmitter | undefined,
  categories: SupervisionCategories,
): Pick<Transmitter, 'reportingSeconds' | 'category' | 'paths'> {
  const paths = one.paths === undefined ? before?.paths : one.paths;
  const kept = one.reportingSeconds === before?.reportingSeconds ? before?.category : null;
  const code = one.category === undefined ? kept : one.category;
  const category = code ? categories.get(code) : undefined;
  const described = {
    ...(code ? { category: code } : {}),
    ...(paths && paths.length > 0 ? { paths: timed(paths, category) } : {}),
  };
  return { ...described, reportingSeconds: category?.seconds ?? one.reportingSeconds };
}

function timed(paths: readonly TransmitterPath[], category: SupervisionFacts | undefined): TransmitterPath[] {
  return paths.map((path, index) =>
    category === undefined
      ? path
      : { ...path, reportingSeconds: index === 0 ? category.seconds : category.alternativeSeconds },
  );
}

function isMarked({ listener, line, receiver, networks }: TransmitterPath): boolean {
  return listener !== null || line !== null || receiver !== null || networks.length > 0;
}
