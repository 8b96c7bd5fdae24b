/** Registered panels, of each sort. */
export const ACCOUNTS = 2_000;

/** What generator, peer and register must know of a protocol. */
export interface Dialect {
  /** Account of panel `number`; with a key or without. */
  account(number: number, encrypted: boolean): string;
  /** Frame `number` of the whole bench: no two are the same to the receiver. */
  frame(number: number, encrypted: boolean, nowMs: number): Uint8Array;
  /** What a panel says first on its connection; its answer is not counted. */
  opening?(connection: number): Uint8Array;
  /** Writes into a ready-made frame whose connection it leaves on, where a protocol binds both. */
  forConnection?(frame: Uint8Array, connection: number): void;
  isAcknowledgement(answer: Uint8Array): boolean;
  /** What the peer says to everything. */
  readonly fixedAnswer: Uint8Array;
  /** Whether there are panels with keys. */
  readonly hasKeys: boolean;
}
