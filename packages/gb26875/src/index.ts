export { accountOf, addressOf, mostAddress } from './address.ts';
export { type AnswerOptions, answerFor } from './answer.ts';
export {
  type AnalogueKind,
  analogueKinds,
  type CommandName,
  commandNames,
  deviceOperationBits,
  deviceStateBits,
  operationBits,
  partTypes,
  type StateFlag,
  stateBits,
  systemTypes,
} from './codes.ts';
export { type DataType, dataTypes, type Field, type FieldForm, type FieldName } from './data-types.ts';
export { encodeData, Gb26875EncodeError, type Gb26875Object } from './data-unit.ts';
export { decodeFrame } from './decode.ts';
export type { DecodedFrame, Gb26875Quirk, Gb26875Reason, Verdict } from './decoded-frame.ts';
export { type DuplicateKey, duplicateKey } from './duplicate.ts';
export {
  clockSetting,
  dutyCheck,
  encodeFrame,
  type FrameToEncode,
  nextSerial,
  type Order,
} from './encode.ts';
export type { Gb26875Class, Gb26875Event, Gb26875Family } from './event.ts';
export type { StreamItem } from './frame-scanner.ts';
export { instantOf, localTime } from './local-time.ts';
export { maximumDataBytes, maximumFrameBytes, type RawFrame } from './raw-frame.ts';
export { Gb26875StreamReader, readDatagram } from './stream-reader.ts';
