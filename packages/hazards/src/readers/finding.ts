/** `error`: against the document of the source, or left out; `warning`: it may mislead; `advice`: worth knowing. */
export type ReadSeverity = 'error' | 'warning' | 'advice';

/** Where it stands: `features[3].properties.mag`, `row 12, column acq_time`; line from 1, 0 where a line says nothing. */
export interface ReadPlace {
  readonly path: string;
  readonly line: number;
}

/** One deviation of a source from its document, by the name of its rule. docs/hazards-readers.md lists all rules. */
export interface ReadFinding extends ReadPlace {
  readonly rule: ReadRule;
  readonly severity: ReadSeverity;
  /** What is wrong, in English; text of the source is cut to a bounded length. */
  readonly text: string;
}

/** Every rule with what it means; the page and the tests are compared with this table. */
export const READ_RULES = {
  'row.broken': ['error', 'the row is not of the form its document gives; it is left out'],
  'row.width': ['warning', 'the row has more or fewer cells than the header'],
  'row.place-missing': [
    'error',
    'there is no position, or it is outside -90..90, -180..360; the row is left out',
  ],
  'row.time-missing': ['error', 'there is no time, or it is no date of the calendar; the row is left out'],
  'row.value-missing': ['error', 'there is no value at all in the row; it is left out'],
  'row.identity-missing': ['error', 'nothing says which event or station it is; the row is left out'],
  'row.quantity-unknown': ['error', 'no quantity is known for the parameter; the row is left out'],
  'row.twice': [
    'warning',
    'the same row stands a second time in the same file; it is taken once more as it stands',
  ],
  'value.not-a-number': ['warning', 'the value is not a number; the quantity is left out'],
  'value.missing-code': [
    'advice',
    'the value is the code of the source for "no value"; the quantity is left out',
  ],
  'value.absurd': [
    'warning',
    'the value is outside the physical range of its quantity; it is taken and flagged',
  ],
  'value.unit-unknown': ['error', 'the unit is none that can be turned into the unit of the quantity'],
  'code.unknown': ['warning', 'a code that the document does not have; it is kept as it stands'],
  'time.zone-assumed': ['warning', 'the time has no zone; the zone that the finding names was taken'],
  'time.zone-contradicts': ['warning', 'the zone written is not the one the document or the place says'],
  'time.future': ['warning', 'an observation of a time that has not come yet, by the clock that was given'],
  'time.before-event': ['warning', 'it was updated before it happened'],
  'time.imprecise': ['advice', 'only the day is known, or not even that; the flag says so'],
  'feed.count': ['warning', 'the feed announces another number of rows than it has'],
  'feed.status': ['error', 'the source answers with an error instead of data'],
  'feed.empty': ['advice', 'the source is well formed and has no row'],
  'feed.cut': ['warning', 'the feed ends at a limit of its source: there may be more'],
  'column.unknown': ['advice', 'a column that the document does not have; it is not read'],
  'column.missing': ['warning', 'a column of the document is absent; its quantity is not read'],
  'unit.row': ['advice', 'the second row gives units and is no data'],
  'xml.broken': ['error', 'the text is no well-formed XML from here on; what was closed before is taken'],
  'datum.missing': ['warning', 'a height without its datum: it cannot be compared with any threshold'],
  'unit.assumed': ['warning', 'the source does not say the unit; the one the finding names was taken'],
  'quality.flagged': ['warning', 'the source itself doubts the value'],
  'product.superseded': ['advice', 'a later or preferred version of the same product stands beside it'],
  'product.deleted': ['advice', 'the product was withdrawn by its source'],
  'event.cancelled': ['warning', 'the source withdrew the event, or says there was none'],
  'event.not-earthquake': ['advice', 'the event is no earthquake: blast, explosion, collapse'],
  'quakeml.namespace': ['warning', 'the namespace is not that of QuakeML 1.2; it was read all the same'],
  'quakeml.enumeration': ['error', 'the word is none of the enumeration of the schema'],
  'quakeml.identifier': ['error', 'the identifier is not of the form the schema gives'],
  'quakeml.missing': ['warning', 'an element or attribute that the schema wants once is absent'],
  'quakeml.element': ['error', 'an element that the schema does not have at this place'],
  'quakeml.repeated': ['warning', 'an element stands twice where the schema has it once'],
  'quakeml.text-length': ['error', 'the text is longer than the schema has it'],
  'quakeml.number': ['error', 'the text is no number, date or truth value as the schema wants it'],
  'quakeml.reference': ['warning', 'an identifier refers to nothing in the event; another choice was made'],
  'quakeml.depth-unit': ['warning', 'the depth is given in metres and looks like kilometres'],
  'gdacs.no-point': ['error', 'there is no point, only a box or nothing; the item is left out'],
  'gdacs.missing': ['warning', 'an element of the feed that a reader needs is absent'],
  'gdacs.level-contradicts': ['warning', 'colour and score do not say the same; the colour counts'],
  'gdacs.severity-contradicts': ['warning', 'the number and the words of the severity do not say the same'],
  'cyclone.header': ['error', 'the header line of a storm is not of the form of the document'],
  'cyclone.count': ['warning', 'the storm has another number of lines than its header says'],
  'cyclone.radius': ['warning', 'wind radii contradict each other, or belong to no known wind'],
  'cyclone.wind-mean': ['warning', 'over how many minutes the wind is a mean is not known; it is left out'],
  'cyclone.orphan': ['error', 'a line before any header; it is left out'],
  'station.column': [
    'error',
    'the column holds something the station form does not take; the row is left out',
  ],
} as const satisfies Record<string, readonly [ReadSeverity, string]>;

export type ReadRule = keyof typeof READ_RULES;

/** Why a text was refused as a whole. */
export const READ_ERRORS = {
  'too-large': 'more bytes than the limit',
  'too-deep': 'more levels inside each other than the limit',
  'too-many-rows': 'more rows than the limit',
  'too-many-elements': 'more elements of XML than the limit',
  'row-too-long': 'a row longer than the limit; a quotation mark may be open',
  'not-text': 'the bytes are not in an encoding that was declared, or not UTF-8',
  'not-json': 'it is no JSON',
  'not-xml': 'it has no element of XML at all',
  'not-csv': 'a quotation mark is never closed',
  'doctype-refused': 'a DOCTYPE is refused: it can name other files and grow without end',
  'not-this-source': 'it is something else than the reader reads; `auto` may know it',
  'source-refused': 'the source answered with a refusal instead of data, such as an invalid key',
  'option-refused': 'an option of the reader is none it takes',
} as const;

export type ReadErrorCode = keyof typeof READ_ERRORS;

/** The only thing a reader throws. */
export class ReadError extends Error {
  override readonly name = 'ReadError';
  readonly code: ReadErrorCode;
  /** From 1; 0 where a line says nothing. */
  readonly line: number;

  constructor(code: ReadErrorCode, text: string, line = 0, options?: ErrorOptions) {
    super(line > 0 ? `${text} (line ${line})` : text, options);
    this.code = code;
    this.line = line;
  }
}
