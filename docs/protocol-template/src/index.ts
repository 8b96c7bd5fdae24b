export { answerFor } from './answer.ts';
export { type DecodedFrame, decodeFrame, type Reason } from './decode.ts';
export { duplicateKey } from './duplicate.ts';
export { type StreamItem, StreamReader } from './stream-reader.ts';
