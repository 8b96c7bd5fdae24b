export { contentDigest, digestFits } from './content-digest.ts';
export { type SignalKey, signalKey } from './duplicate-key.ts';
export {
  type HeardMeasurement,
  type HeardSignal,
  heartbeatMessage,
  MOST_MEASUREMENTS,
  MOST_MESSAGE_BYTES,
  MOST_SIGNALS,
  measurementMessage,
  signalMessage,
} from './message.ts';
export {
  type MessageProblem,
  type ReadMeasurements,
  type ReadMessage,
  readMeasurements,
  readMessage,
} from './read-message.ts';
export { type SigningKey, signRequest } from './sign-request.ts';
export { type SignatureInput, type SignedRequest, serializeInput, signatureBase } from './signature-base.ts';
export { FieldSyntaxError, parseDictionary } from './structured-fields.ts';
export {
  type ClaimedSignature,
  REPLAY_WINDOW_SECONDS,
  REQUIRED_COMPONENTS,
  readSignature,
  type SignatureFault,
  signatureFault,
} from './verify-signature.ts';
