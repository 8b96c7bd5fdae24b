import type { CommandName } from './codes.ts';
import type { Gb26875Object } from './data-unit.ts';
import type { Gb26875Event } from './event.ts';

/**
 * What a centre does with a frame. `confirm` means: confirm **after** the commit. `outbound`: an order or question, which centres
 * send and do not take. `answer-frame`: somebody's confirmation, answer or denial.
 */
export type Verdict = 'confirm' | 'deny' | 'outbound' | 'answer-frame';

/** Why a frame is not simply confirmed. */
export type Gb26875Reason =
  | 'checksum-wrong'
  | 'length-too-large'
  | 'end-wrong'
  | 'command-unknown'
  | 'answer-command'
  | 'outbound-command';

/** Deviations from the text of the standard that were tolerated. */
export type Gb26875Quirk =
  /** Vendors' heartbeat: command 2 without a data unit. */
  | 'empty-data-unit'
  | 'version-unknown'
  | 'clock-not-set'
  | 'type-unknown'
  | 'type-of-the-centre'
  | 'objects-missing'
  | 'objects-too-many'
  | 'data-left-over';

/** Everything read from one frame. Fields that could not be read are null or empty, never invented. */
export interface DecodedFrame {
  readonly verdict: Verdict;
  /** Null for a frame to be confirmed. */
  readonly reason: Gb26875Reason | null;
  readonly checksumOk: boolean;
  readonly lengthOk: boolean;
  readonly endOk: boolean;
  readonly quirks: readonly Gb26875Quirk[];
  /** 0..65535. */
  readonly serial: number;
  readonly mainVersion: number;
  readonly userVersion: number;
  /** Local time of sending by the sender's clock; null when it is no date. */
  readonly time: string | null;
  readonly source: number;
  readonly destination: number;
  /** The source address as 12 capital hex digits, highest first: how a device is registered. */
  readonly account: string;
  readonly dataLength: number;
  readonly command: number;
  readonly commandName: CommandName | null;
  /** Null without a data unit. */
  readonly type: number | null;
  readonly typeName: string | null;
  /** Objects as announced. */
  readonly count: number | null;
  readonly objects: readonly Gb26875Object[];
  /** Bytes of the data unit that were not understood; the frame itself has them. */
  readonly unparsedBytes: number;
  readonly events: readonly Gb26875Event[];
  /** Events to raise if this is no retry: 0 for signs of life and refused frames, 1 when nothing was decodable. */
  readonly newEvents: number;
  /** The device says that it is in order, and nothing else: worth storing once, not every half minute. */
  readonly deviceInOrder: boolean;
}
