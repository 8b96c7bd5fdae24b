import type { XData } from './content.ts';
import type { Dc09Event } from './event.ts';
import type { CrcForm } from './raw-frame.ts';

/**
 * What the receiver does with a frame (handbook section 1). `ack` means: answer ACK **after** the commit.
 * `foreign` is never given by `decodeFrame`; it names stream items that are no frame.
 */
export type Verdict = 'ack' | 'nak' | 'duh' | 'silent' | 'foreign' | 'answer-frame';

/** Why a frame is not simply acknowledged. */
export type Dc09Reason =
  | 'crc-wrong'
  | 'length-wrong'
  | 'header-unreadable'
  | 'key-missing'
  | 'ciphertext-not-whole-blocks'
  | 'key-mismatch'
  | 'inner-account-differs'
  | 'timestamp-outside-window'
  | 'timestamp-missing'
  | 'plain-from-keyed-account'
  | 'token-unsupported'
  | 'answer-token';

/** Deviations from the text of the standard that were tolerated. */
export type Dc09Quirk =
  | 'crc-and-length-include-cr'
  | 'binary-crc'
  | 'lower-case-crc'
  | 'lower-case-length'
  | 'sequence-unreadable'
  | 'no-line-field'
  | 'line-without-digits'
  | 'no-header-account'
  | 'header-rest'
  | 'trailing-nul';

/** Everything read from one frame. Fields that could not be read are null or empty, never invented. */
export interface DecodedFrame {
  readonly verdict: Verdict;
  readonly reason?: Dc09Reason;
  readonly crcForm: CrcForm;
  readonly crcOk: boolean;
  readonly lengthOk: boolean;
  readonly quirks: readonly Dc09Quirk[];
  /** Without quotes and star; empty when the header cannot be read. */
  readonly token: string;
  readonly encrypted: boolean;
  /** The plaintext was proved by its structure. False for plain frames. */
  readonly authenticated: boolean;
  /** Four digits, empty when unreadable. */
  readonly sequence: string;
  readonly receiver: string | null;
  readonly line: string | null;
  /** Account of the header. */
  readonly account: string | null;
  /** Account that names the panel: the header's, else the one in the data. */
  readonly identity: string | null;
  /** Everything between token and bracket, as sent: what an answer echoes. */
  readonly header: string;
  /** The data block as people read it; null when it could not be decrypted. */
  readonly data: string | null;
  /** Account inside the data, empty when nothing stands before the bar. */
  readonly dataAccount: string | null;
  readonly modifiers: Readonly<Record<string, string>>;
  readonly events: readonly Dc09Event[];
  /** Events to raise if this is no retry: 0 for link tests and refused frames, 1 when nothing was decodable. */
  readonly newEvents: number;
  readonly xdata: readonly XData[];
  /** Pieces that were not understood, kept as sent. */
  readonly unparsed: readonly string[];
  /** ISO 8601 in UTC by the panel's clock, which may be wrong; null when absent or no date. */
  readonly timestamp: string | null;
  /** The same in milliseconds since 1970. */
  readonly timestampMs: number | null;
  /** As sent, `HH:MM:SS,MM-DD-YYYY`, also when it is no date. */
  readonly timestampText: string | null;
  /**
   * Data and x-data as sent or decrypted, one character a byte, without padding and timestamp; null when
   * it could not be decrypted. `Buffer.from(content, 'latin1')` gives the bytes.
   */
  readonly content: string | null;
}
