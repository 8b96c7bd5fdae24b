/** What a client gets for every error: RFC 9457 with a stable code that the console translates. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  /** What to do about it, in English; the console prefers its own words for `code`. */
  readonly detail?: string;
  /** The field, CSV cell or frame offset at fault. */
  readonly at?: string;
  readonly params?: Readonly<Record<string, string | number | boolean>>;
  readonly problems?: readonly FieldProblem[];
}

export interface FieldProblem {
  readonly at: string;
  readonly code: string;
  readonly detail: string;
}

/** The one error value of server and console. `status` is the HTTP status it maps to. */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly at: string | undefined;
  readonly params: Readonly<Record<string, string | number | boolean>> | undefined;
  readonly problems: readonly FieldProblem[] | undefined;

  constructor(
    status: number,
    code: string,
    detail: string,
    more: {
      readonly at?: string;
      readonly params?: Readonly<Record<string, string | number | boolean>>;
      readonly problems?: readonly FieldProblem[];
      readonly cause?: unknown;
    } = {},
  ) {
    super(detail, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'Problem';
    this.code = code;
    this.status = status;
    this.at = more.at;
    this.params = more.params;
    this.problems = more.problems;
  }

  toDocument(): ProblemDocument {
    return {
      type: `urn:keng:problem:${this.code}`,
      title: this.code,
      status: this.status,
      code: this.code,
      detail: this.message,
      ...(this.at === undefined ? {} : { at: this.at }),
      ...(this.params === undefined ? {} : { params: this.params }),
      ...(this.problems === undefined ? {} : { problems: this.problems }),
    };
  }
}

export const notFound = (what: string, id: string): Problem =>
  new Problem(404, `${what}.not-found`, `There is no ${what} ${id} that you may see.`, { at: id });

export const forbidden = (permission: string): Problem =>
  new Problem(403, 'permission.missing', `This needs the permission ${permission}.`, {
    params: { permission },
  });

export const conflict = (
  code: string,
  detail: string,
  params?: Record<string, string | number | boolean>,
): Problem => new Problem(409, code, detail, params === undefined ? {} : { params });

export const invalid = (code: string, detail: string, at?: string): Problem =>
  new Problem(422, code, detail, at === undefined ? {} : { at });
