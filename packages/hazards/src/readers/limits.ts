/** What a text may cost. The largest real file at hand has 1.6 MB, 1,707 events, 40,000 elements and a depth of 11. */
export interface ReadLimits {
  /** Of the text; of a string its characters. */
  readonly bytes: number;
  /** Rows, items, features, values. */
  readonly rows: number;
  /** Levels of JSON or XML inside each other. */
  readonly depth: number;
  /** Elements of XML. */
  readonly elements: number;
  /** Characters of one row of CSV or of fixed columns. */
  readonly rowCharacters: number;
  /** Findings kept of each rule; the others are counted. */
  readonly findingsOfARule: number;
}

export const DEFAULT_READ_LIMITS: ReadLimits = {
  bytes: 64_000_000,
  rows: 500_000,
  depth: 40,
  elements: 1_000_000,
  rowCharacters: 65_536,
  findingsOfARule: 200,
};
