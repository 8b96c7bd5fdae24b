/**
 * A failure of the machinery below the domain: database, data folder, command line. Says what failed, where, and what the
 * operator should do. `code` is stable and is what tests and documentation refer to.
 */
export class PlatformError extends Error {
  override readonly name = 'PlatformError';
  readonly code: PlatformErrorCode;
  readonly advice: string;

  constructor(code: PlatformErrorCode, message: string, advice: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.advice = advice;
  }
}

export type PlatformErrorCode =
  | 'postgres-platform-unsupported'
  | 'postgres-cannot-run'
  | 'postgres-disk-full'
  | 'postgres-version-mismatch'
  | 'postgres-initdb-failed'
  | 'postgres-start-failed'
  | 'postgres-stop-failed'
  | 'data-folder-unusable'
  | 'data-folder-in-use'
  | 'database-url-invalid'
  | 'database-unreachable'
  | 'database-roles-missing'
  | 'database-role-too-strong'
  | 'database-not-durable'
  | 'commit-rolled-back'
  | 'commit-uncertain'
  | 'integer-out-of-range'
  | 'migration-files-invalid'
  | 'migration-changed'
  | 'migration-late'
  | 'migration-failed'
  | 'database-newer-than-program'
  | 'setting-invalid'
  | 'secret-invalid'
  | 'listen-failed'
  | 'command-unknown'
  | 'child-failed'
  | 'centre-unknown'
  | 'centre-renamed'
  | 'country-unknown'
  | 'demonstration-refused'
  | 'backup-running'
  | 'backup-stopped'
  | 'backup-damaged'
  | 'backup-read-only'
  | 'backup-of-another-program'
  | 'restore-target-not-empty'
  | 'restore-not-sound'
  | 'log-archived'
  | 'archive-damaged'
  | 'archive-running'
  | 'archive-behind'
  | 'archive-lock'
  | 'reload-impossible'
  | 'reload-failed';

/** Narrow view of Node's and PostgreSQL's errors: both carry a string `code`. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

export function errorMessage(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(errorMessage).join('; ');
  return error instanceof Error ? error.message : String(error);
}

/** What the operator reads on the terminal: the message, what to do, and the chain of causes. */
export function describeError(error: unknown): string {
  const lines: string[] = [];
  let current: unknown = error;
  for (let depth = 0; current !== undefined && depth < 5; depth += 1) {
    const code = errorCode(current);
    lines.push(`${depth === 0 ? '' : '  caused by: '}${errorMessage(current)}${code ? ` [${code}]` : ''}`);
    if (current instanceof PlatformError) lines.push(`  what to do: ${current.advice}`);
    current = current instanceof Error ? current.cause : undefined;
  }
  return lines.join('\n');
}
