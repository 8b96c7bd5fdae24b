/**
 * Classes of SQLSTATE (PostgreSQL manual, appendix A) that speak of the server or of the moment and not of the data:
 * connection, out of resources, operator intervention, system error, object in use, rolled back for a deadlock. Of class 25 only the end
 * of a session that said nothing inside its transaction: this process was stopped for a while; and a server that takes no writes: the
 * standby, before it is promoted.
 */
const PASSING_CLASSES = new Set(['08', '53', '57', '58', '55', '40']);
const PASSING_CODES = new Set([
  ...['25P03', '25006'],
  // Whoever looks again sees whether it was stored: a cursor, a lease or a claim tells.
  'commit-uncertain',
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'],
  // A line that is cut, or a machine whose name is gone with it.
  ...['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'EAI_AGAIN', 'ENOTFOUND'],
]);

/** Is this a failure that goes away by itself, so that the same work may be tried again unchanged? */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (PASSING_CODES.has(code)) return true;
  // A Unix socket that is not there (yet); any other file that is missing stays so.
  if (code === 'ENOENT') return 'syscall' in error && error.syscall === 'connect';
  if (/^[0-9A-Z]{5}$/.test(code)) return PASSING_CLASSES.has(code.slice(0, 2));
  // `pg` reports a connection that ended under a statement without a code.
  return /^(Connection terminated|Query read timeout|Client has encountered a connection error|timeout expired|timeout exceeded when trying to connect)/.test(
    error.message,
  );
}
