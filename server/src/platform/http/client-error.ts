import type { Socket } from 'node:net';
import { Problem } from '@keng/model';

/** Bytes that are not HTTP, or come too slowly, never reach a route: the socket itself answers and is closed. */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy(error);
    return;
  }
  const problem = problemOf(error.code);
  const body = JSON.stringify(problem.toDocument());
  socket.end(
    `HTTP/1.1 ${problem.status} ${STATUS_TEXT[problem.status] ?? 'Bad Request'}\r\n` +
      'content-type: application/problem+json\r\ncache-control: no-store\r\nx-content-type-options: nosniff\r\n' +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    () => socket.destroy(),
  );
}

const STATUS_TEXT: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

function problemOf(code: string | undefined): Problem {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new Problem(408, 'request.too-slow', 'The request did not arrive in time.');
  }
  if (code === 'HPE_HEADER_OVERFLOW')
    return new Problem(431, 'request.head-too-large', 'The headers are too large.');
  return new Problem(400, 'request.malformed', 'These bytes are not an HTTP request.');
}
