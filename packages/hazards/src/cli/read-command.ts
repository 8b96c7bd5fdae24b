import type { Observation } from '../observation.ts';
import {
  type Judged,
  READER_NAMES,
  READERS,
  type ReaderName,
  type ReadFinding,
  type Reading,
  type ReadOptions,
  type ReadRecord,
  Register,
  readAny,
  stationTemplate,
} from '../readers/index.ts';
import {
  type Answer,
  fileOf,
  numberOption,
  onlyOptions,
  option,
  type Terminal,
  UsageError,
  type Words,
} from './words.ts';

/** Names that are easier to type. */
const SHORT: Readonly<Record<string, ReaderName>> = {
  usgs: 'usgs-geojson',
  shakemap: 'usgs-shakemap',
  jma: 'jma-best-track',
  jtwc: 'jtwc-best-track',
  noaa: 'noaa-coops',
  station: 'station-form',
};
const SHOWN_FINDINGS = 50;
const SHOWN_RECORDS = 20;

/** `hazards read READER FILE ...`: what files say, and everything that is wrong with them. */
export function readCommand(words: Words, terminal: Terminal): Answer {
  onlyOptions(words, ['datum', 'units', 'offset-minutes', 'clock', 'show']);
  const [name, ...files] = words.plain;
  if (name === 'template')
    return { json: { template: stationTemplate() }, text: stationTemplate().trimEnd(), given: true };
  if (name === undefined || files.length === 0)
    throw new UsageError(`read which file? hazards read auto FILE; readers: ${READER_NAMES.join(', ')}`);
  const read = readerNamed(name);
  const options = optionsFrom(words, terminal);
  const readings = files.map((file) => ({ file, reading: read(fileOf(terminal, file), options) }));
  // Several files are successive readings of one feed: what changed between them is the point.
  const register = files.length > 1 ? new Register() : null;
  const taken = readings.map(({ file, reading }) => ({
    file,
    reading,
    judged: register?.take(reading) ?? null,
  }));
  const most = numberOption(words, 'show') ?? SHOWN_RECORDS;
  return {
    json: taken.map(({ file, reading, judged }) => ({
      file,
      ...reading,
      ...(judged !== null && { judged: judged.map(judgedJson) }),
    })),
    text: taken.map(({ file, reading, judged }) => readingText(file, reading, judged, most)).join('\n\n'),
    given: readings.every(({ reading }) => sound(reading)),
  };
}

function readerNamed(name: string): typeof readAny {
  if (name === 'auto') return readAny;
  const full = Object.hasOwn(SHORT, name) ? SHORT[name] : name;
  const found = READER_NAMES.find((one) => one === full);
  if (found === undefined)
    throw new UsageError(`there is no reader ${name}; auto, ${READER_NAMES.join(', ')}`);
  return READERS[found];
}

function optionsFrom(words: Words, terminal: Terminal): ReadOptions {
  const datum = option(words, 'datum');
  const units = option(words, 'units');
  if (units !== undefined && units !== 'metric' && units !== 'english')
    throw new UsageError('--units is metric or english');
  const offset = numberOption(words, 'offset-minutes');
  const clock = option(words, 'clock');
  const now = clock === undefined ? terminal.now?.() : Date.parse(clock);
  if (now !== undefined && !Number.isFinite(now)) throw new UsageError(`--clock: ${clock} is no time`);
  return {
    ...(datum !== undefined && { datum }),
    ...(units !== undefined && { units }),
    ...(offset !== undefined && { assumeOffsetMinutes: offset }),
    ...(now !== undefined && { now }),
  };
}

/** No row was lost and nothing is against the document. */
const sound = (reading: Reading): boolean =>
  reading.complete &&
  reading.rows.rejected === 0 &&
  !reading.findings.some(({ severity }) => severity === 'error');

function judgedJson({ record, outcome, reason, applied }: Judged): object {
  return { identity: record.identity, outcome, reason, applied };
}

function readingText(file: string, reading: Reading, judged: readonly Judged[] | null, most: number): string {
  const { rows, findings, records } = reading;
  const shown =
    judged === null
      ? records.slice(0, most).map(recordText)
      : judged
          .filter(({ outcome }) => outcome !== 'duplicate')
          .slice(0, most)
          .map(judgedText);
  const total = Object.values(reading.counts).reduce((sum, count) => sum + count, 0);
  return [
    `${file}: ${reading.reader}${reading.generated === null ? '' : `, made ${new Date(reading.generated).toISOString()}`}`,
    `${rows.read} rows, ${rows.accepted} taken, ${rows.rejected} left out${reading.complete ? '' : '; THE SOURCE BROKE OFF'}`,
    ...(judged === null ? [] : [outcomesText(judged)]),
    ...shown,
    ...(records.length > shown.length && judged === null
      ? [`  ... ${records.length - shown.length} more (--show NUMBER)`]
      : []),
    ...findings.slice(0, SHOWN_FINDINGS).map(findingText),
    ...(total > SHOWN_FINDINGS
      ? [
          `  ${total} findings: ${Object.entries(reading.counts)
            .map(([rule, count]) => `${rule} ${count}`)
            .join(', ')}`,
        ]
      : []),
  ].join('\n');
}

function outcomesText(judged: readonly Judged[]): string {
  const count = new Map<string, number>();
  for (const { outcome } of judged) count.set(outcome, (count.get(outcome) ?? 0) + 1);
  return [...count].map(([outcome, number]) => `${number} ${outcome}`).join(', ') || 'nothing';
}

function judgedText({ record, outcome, reason }: Judged): string {
  return `  ${outcome.toUpperCase()}${reason === null ? '' : ` (${reason})`} ${recordText(record).trim()}`;
}

function recordText({ identity, observations, cancelled }: ReadRecord): string {
  const [first] = observations;
  return `  ${cancelled ? 'CANCELLED ' : ''}${identity}${first === undefined ? '' : ` ${first.time}`}: ${observations.map(valueText).join(', ')}`;
}

function valueText({ quantity, value, unit, datum, flags }: Observation): string {
  const size = typeof value === 'number' ? Number(value.toPrecision(6)) : value;
  return `${quantity} ${size}${unit === 'word' ? '' : ` ${unit}`}${datum === undefined ? '' : ` above ${datum}`}${flags.length === 0 ? '' : ` [${flags.join(', ')}]`}`;
}

const findingText = ({ severity, rule, path, line, text }: ReadFinding): string =>
  `  ${severity.padEnd(7)} ${rule.padEnd(24)} ${path || 'the whole'}${line > 0 && !/^(row|line) /.test(path) ? ` (line ${line})` : ''}: ${text}`;
