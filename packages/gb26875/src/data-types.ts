/** Fields of the objects of a data unit, with their size in bytes; `sized-text` has one byte of length before it. */
export type FieldForm =
  | 'u8'
  | 'u16'
  | 'i16'
  | 'u32'
  | 'state16'
  | 'state8'
  | 'system-operation'
  | 'device-operation'
  | 'text31'
  | 'sized-text'
  | 'time';

export interface Field {
  readonly name: FieldName;
  readonly form: FieldForm;
}

export type FieldName =
  | 'systemType'
  | 'systemAddress'
  | 'partType'
  | 'partAddress'
  | 'state'
  | 'kind'
  | 'value'
  | 'operation'
  | 'operator'
  | 'major'
  | 'minor'
  | 'text'
  | 'time'
  | 'recordCount'
  | 'startTime'
  | 'reserved'
  | 'timeoutMinutes';

/** What a data unit of one type consists of. */
export interface DataType {
  readonly type: number;
  readonly name: string;
  /** Up: the device reports. Down: the centre asks or orders. */
  readonly direction: 'up' | 'down';
  /** Most objects in one unit; more are read all the same and noted as a quirk. */
  readonly mostObjects: number;
  readonly fields: readonly Field[];
}

const field = (name: FieldName, form: FieldForm): Field => ({ name, form });
const system = [field('systemType', 'u8'), field('systemAddress', 'u8')];
const part = [...system, field('partType', 'u8'), field('partAddress', 'u32')];
const partOfSystem = [...system, field('partAddress', 'u32')];
const version = [field('major', 'u8'), field('minor', 'u8')];
const records = [field('recordCount', 'u8'), field('startTime', 'time')];
const time = field('time', 'time');
const reserved = [field('reserved', 'u8')];

const up = (type: number, name: string, mostObjects: number, fields: readonly Field[]): DataType => ({
  type,
  name,
  direction: 'up',
  mostObjects,
  fields,
});
const down = (type: number, name: string, mostObjects: number, fields: readonly Field[]): DataType => ({
  type,
  name,
  direction: 'down',
  mostObjects,
  fields,
});

/** GB/T 26875.3-2011, 7.2 and 8.1. Types 128 to 254 are free for users, the others reserved. */
export const dataTypes: ReadonlyMap<number, DataType> = new Map(
  [
    up(1, 'system-state', 102, [...system, field('state', 'state16'), time]),
    up(2, 'part-state', 22, [...part, field('state', 'state16'), field('text', 'text31'), time]),
    up(3, 'analogue-value', 63, [...part, field('kind', 'u8'), field('value', 'i16'), time]),
    up(4, 'operation', 102, [
      ...system,
      field('operation', 'system-operation'),
      field('operator', 'u8'),
      time,
    ]),
    up(5, 'software-version', 1, [...system, ...version]),
    up(6, 'system-configuration', 3, [...system, field('text', 'sized-text')]),
    up(7, 'part-configuration', 26, [...part, field('text', 'text31')]),
    up(8, 'system-time', 1, [...system, time]),
    up(21, 'device-state', 1, [field('state', 'state8'), time]),
    up(24, 'device-operation', 127, [field('operation', 'device-operation'), field('operator', 'u8'), time]),
    up(25, 'device-software-version', 1, version),
    up(26, 'device-configuration', 1, [field('text', 'sized-text')]),
    up(28, 'device-time', 1, [time]),
    down(61, 'read-system-state', 102, system),
    down(62, 'read-part-state', 102, partOfSystem),
    down(63, 'read-analogue-value', 102, partOfSystem),
    down(64, 'read-operations', 1, [...system, ...records]),
    down(65, 'read-software-version', 1, system),
    down(66, 'read-system-configuration', 102, system),
    down(67, 'read-part-configuration', 102, partOfSystem),
    down(68, 'read-system-time', 1, system),
    down(81, 'read-device-state', 1, reserved),
    down(84, 'read-device-operations', 1, records),
    down(85, 'read-device-software-version', 1, reserved),
    down(86, 'read-device-configuration', 1, reserved),
    down(88, 'read-device-time', 1, reserved),
    down(89, 'initialise-device', 1, reserved),
    // A community transcription prints one reserved byte for these two; figures 45 and 46 of the standard and its examples differ.
    down(90, 'set-clock', 1, [time]),
    down(91, 'duty-check', 1, [field('timeoutMinutes', 'u8')]),
  ].map((one) => [one.type, one]),
);
