import { type FieldProblem, Problem } from '@keng/model';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { Logger } from '../logger.ts';
import { isPassing } from '../passing-error.ts';
import { errorCode, errorMessage } from '../platform-error.ts';

export function sendProblem(reply: FastifyReply, problem: Problem): void {
  const wait = problem.params?.retryAfterSeconds;
  if (typeof wait === 'number') reply.header('retry-after', String(wait));
  void reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .header('content-type', 'application/problem+json')
    // Past the serializer of the route, whose schema is that of its good answer.
    .serializer((document: unknown) => JSON.stringify(document))
    .send(problem.toDocument());
}

/** Every error becomes a Problem here and nowhere else. What is not one is logged with its cause, and told without it. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Logger): void {
  const problem = toProblem(error, request.id);
  if (problem.status >= 500) {
    log.error(
      { err: error, requestId: request.id, method: request.method, route: request.routeOptions.url },
      `answered ${problem.status} ${problem.code}`,
    );
  }
  sendProblem(reply, problem);
}

export function toProblem(error: unknown, requestId: string): Problem {
  if (error instanceof Problem) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const part = 'validationContext' in error ? String(error.validationContext) : 'body';
    return new Problem(422, 'request.invalid', `The ${part} of the request is not as its schema says.`, {
      problems: fieldProblems(error.validation),
    });
  }
  return fromCode(error) ?? unexpected(error, requestId);
}

interface Issue {
  readonly keyword?: string;
  readonly instancePath?: string;
  readonly message?: string;
}

function fieldProblems(issues: readonly Issue[]): FieldProblem[] {
  return issues.slice(0, 50).map((issue) => ({
    at: (issue.instancePath ?? '').replace(/^\//, '').replaceAll('/', '.'),
    code: issue.keyword ?? 'invalid',
    detail: issue.message ?? 'not as its schema says',
  }));
}

const KNOWN: Readonly<Record<string, readonly [status: number, code: string, detail: string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'body.too-large', 'The body is larger than this route takes.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    415,
    'body.media-type',
    'This route does not take a body of this content type.',
  ],
  FST_ERR_CTP_INVALID_JSON_BODY: [400, 'body.malformed', 'The body is not JSON.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: [
    400,
    'body.malformed',
    'The body is empty: send {} where there is nothing to say.',
  ],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [400, 'body.malformed', 'The body has another length than it says.'],
};

/** Serialisation failure, deadlock, lock and statement time-out: the same request may well pass the next time. */
const STORAGE_BUSY = new Set(['40001', '40P01', '55P03', '57014']);

function fromCode(error: unknown): Problem | null {
  const code = errorCode(error) ?? '';
  const known = KNOWN[code];
  if (known) return new Problem(...known, { cause: error });
  if (STORAGE_BUSY.has(code)) {
    return new Problem(503, 'storage.busy', 'The record was busy and nothing was changed; try again.', {
      params: { retryAfterSeconds: 1 },
      cause: error,
    });
  }
  if (code === 'commit-uncertain') {
    return new Problem(
      503,
      'storage.uncertain',
      'The record broke off while this was stored: look whether it is there before you try again.',
      { cause: error },
    );
  }
  if (code === 'commit-rolled-back' || isPassing(error)) {
    return new Problem(
      503,
      'storage.unavailable',
      'The record cannot be reached: nothing was stored. Try again.',
      {
        params: { retryAfterSeconds: 2 },
        cause: error,
      },
    );
  }
  // A row that its writer may not see. Missing grants have the same SQLSTATE and stay a 500: they are our mistake.
  if (code === '42501' && /row-level security/.test(errorMessage(error))) {
    return new Problem(403, 'scope.outside', 'This belongs to an organisation outside of yours.', {
      cause: error,
    });
  }
  return clientError(error);
}

/** fastify's own refusals (unsupported method, aborted body ...) carry a status of the 4xx. */
function clientError(error: unknown): Problem | null {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return null;
  const status = Number(error.statusCode);
  if (!(status >= 400 && status < 500)) return null;
  return new Problem(status, 'request.refused', 'The request cannot be read.', { cause: error });
}

function unexpected(error: unknown, requestId: string): Problem {
  return new Problem(
    500,
    'server.failed',
    `This did not work, and it is our fault. It is in the log as ${requestId}.`,
    {
      params: { requestId },
      cause: error,
    },
  );
}
