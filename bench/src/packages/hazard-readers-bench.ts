import fs from 'node:fs';
import { createRequire } from 'node:module';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { readAny } from '@keng/hazards';
import { type Bench, type BenchContext, median, rowOf } from '../bench.ts';

const FOLDER = fileURLToPath(new URL('../../../../shared/data/hazards/', import.meta.url));
/** Three times a bare parse. */
const LEAST_RATIO = 1 / 3;

/** The parsers that the readers themselves use, with nothing done with what they find. */
const ofPackage = createRequire(fileURLToPath(import.meta.resolve('@keng/hazards')));
const { SaxesParser }: typeof import('saxes') = ofPackage('saxes');
const { parse: parseCsv }: typeof import('csv-parse/sync') = ofPackage('csv-parse/sync');

const json = (text: string): unknown => JSON.parse(text);
const csv = (text: string): unknown => parseCsv(text);
const xml = (text: string): unknown => {
  const parser = new SaxesParser({ xmlns: true });
  let elements = 0;
  parser.on('opentag', () => {
    elements += 1;
  });
  parser.write(text).close();
  return elements;
};

const cases: readonly {
  readonly row: string;
  readonly file: string;
  readonly bare: (text: string) => unknown;
  /** Rows so short that what is made of one is a dozen times larger than it: shown, and held against nothing. */
  readonly shown?: true;
}[] = [
  { row: 'USGS GeoJSON', file: 'earthquake/usgs_vega_earthquakes_week.geojson', bare: json },
  { row: 'QuakeML with phases', file: 'earthquake/usgs_libcomcat/quakeml_phase_us1000778i.xml', bare: xml },
  { row: 'GDACS RSS', file: 'gdacs/gdacs-rss-7d.xml', bare: xml },
  { row: 'FIRMS CSV', file: 'firms/modis_us_2025_sample.csv', bare: csv },
  {
    row: 'IBTrACS CSV',
    file: 'cyclone/ibtracs_wp_2000-2025_entering_vietnam_box.csv',
    bare: csv,
    shown: true,
  },
  { row: 'NOAA water levels, JSON', file: 'water/noaa_coops_3.json', bare: json, shown: true },
];

/** Processor time of this process, reader and bare parse in turn. */
export const hazardReadersBench: Bench = {
  name: 'hazard-readers',
  title: 'Readers of hazard feeds beside a bare JSON.parse, saxes or csv-parse of the same bytes',
  run: async (context) => {
    if (!fs.existsSync(FOLDER)) {
      context.say('there is no shared/data/hazards beside the project: nothing to read');
      return;
    }
    for (const { row, file, bare, shown } of cases) {
      const bytes = fs.readFileSync(FOLDER + file);
      // The compiler has seen both before they are measured.
      megabytesPerSecond(context, bytes, () => readAny(bytes).rows.read);
      megabytesPerSecond(context, bytes, () => bare(bytes.toString('utf8')));
      const rounds = Array.from({ length: context.rounds }, () => ({
        reader: megabytesPerSecond(context, bytes, () => readAny(bytes).rows.read),
        beside: megabytesPerSecond(context, bytes, () => bare(bytes.toString('utf8'))),
      }));
      const middle = rounds.find(
        ({ reader, beside }) => reader / beside === median(rounds.map((one) => one.reader / one.beside)),
      );
      if (middle)
        context.row(
          rowOf(row, middle.reader, 'MB/s', shown ? null : { ratioAtLeast: LEAST_RATIO }, middle.beside),
        );
    }
  },
};

/** Counted by processor time, so that a busy machine measures as much as an idle one. */
function megabytesPerSecond(context: BenchContext, bytes: Uint8Array, once: () => unknown): number {
  const microseconds = (context.seconds * 1_000_000) / context.rounds / 2;
  const before = process.cpuUsage();
  let times = 0;
  for (;;) {
    once();
    times += 1;
    const { user, system } = process.cpuUsage(before);
    if (user + system >= microseconds) return (bytes.length * times) / (user + system);
  }
}
