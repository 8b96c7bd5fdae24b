export { networkOf } from './address-limits.ts';
export { refuseUnreadable } from './client-error.ts';
export { openStream } from './event-stream.ts';
export {
  createHttpServer,
  type HttpLimits,
  type HttpServer,
  type HttpServerOptions,
} from './http-server.ts';
export { streamParts } from './parts-stream.ts';
export { scopedTransaction } from './request-context.ts';
export {
  type Access,
  type Call,
  defineRoute,
  type RequestContext,
  type Route,
  type RouteSchemas,
  type SessionUser,
} from './route.ts';
export {
  clearSessionCookie,
  clearStepCookie,
  readStepCookie,
  setSessionCookie,
  setStepCookie,
} from './session-cookie.ts';
export type { FoundSession, PendingDuty, Sessions } from './sessions.ts';
export { readTls, type Tls } from './tls-files.ts';
