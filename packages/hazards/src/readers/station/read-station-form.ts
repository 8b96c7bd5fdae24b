import type { Flag, Place } from '../../observation.ts';
import { Collector } from '../collector.ts';
import { ReadError } from '../finding.ts';
import { pointOf } from '../place.ts';
import { inUnit, isQuantity, QUANTITIES, type QuantityName } from '../quantities.ts';
import { optionsOf, type Reading, type ReadOptions } from '../reading.ts';
import { readCsv } from '../text/csv.ts';
import { decodeText } from '../text/decode.ts';
import { arrayOf, objectOf, own, readJson, textAt } from '../text/json.ts';
import { decimal, quoted } from '../text/number.ts';
import { Columns } from '../text/table.ts';
import { isoTime } from '../text/time.ts';
import { STATION_COLUMNS, STATION_UNITS, type StationColumnName } from './template.ts';

const STATUSES = new Set(['', 'provisional', 'estimated', 'cancelled']);

/** A row as text by column, whether it came as CSV or JSON. */
type Cells = (name: StationColumnName) => string;

/**
 * The station form, CSV or JSON: one value a row, for agencies without a feed. A row with any fault is left out, and every
 * fault of it is named by row and column. See docs/hazards-readers.md for the form.
 * @throws ReadError
 */
export function readStationForm(source: Uint8Array | string, options: ReadOptions = {}): Reading {
  const { limits } = optionsOf(options);
  const text = decodeText(source, limits);
  const collector = new Collector('station-form', options);
  if (/^\s*[[{]/.test(text)) readRows(collector, text, options);
  else readTable(collector, text, options);
  return collector.reading();
}

function readTable(collector: Collector, text: string, options: ReadOptions): void {
  const table = readCsv(text, optionsOf(options).limits, { trim: true });
  const missing = STATION_COLUMNS.filter(({ name, required }) => required && !table.header.includes(name));
  if (missing.length > 0)
    throw new ReadError(
      'not-this-source',
      `these columns are missing: ${missing.map(({ name }) => name).join(', ')}`,
      1,
    );
  const columns = new Columns(
    collector,
    table,
    STATION_COLUMNS.map(({ name }) => name),
  );
  table.rows.forEach((row, index) => {
    const at = { path: `row ${index + 2}`, line: index + 2 };
    columns.checkWidth(collector, row, at);
    readRow(collector, (name) => columns.cell(row, name), at.path, at.line, options);
  });
}

/** `[{"station": ...}]`, or `{"rows": [...]}`. */
function readRows(collector: Collector, text: string, options: ReadOptions): void {
  const { limits } = optionsOf(options);
  const root = readJson(text, limits);
  const rows = arrayOf(root) ?? arrayOf(own(objectOf(root), 'rows'));
  if (rows === null) throw new ReadError('not-this-source', 'neither a list of rows nor an object with rows');
  if (rows.length > limits.rows) throw new ReadError('too-many-rows', `more than ${limits.rows} rows`);
  rows.forEach((row, index) => {
    const object = objectOf(row);
    if (object === null) {
      collector.row();
      collector.reject('row.broken', { path: `rows[${index}]`, line: 0 }, `${quoted(row)} is no object`);
      return;
    }
    readRow(collector, (name) => textAt(object, name) ?? '', `rows[${index}]`, 0, options);
  });
}

function readRow(collector: Collector, cells: Cells, path: string, line: number, options: ReadOptions): void {
  collector.row();
  const faults: string[] = [];
  const fault = (column: StationColumnName, text: string): null => {
    faults.push(column);
    collector.say('station.column', { path: `${path}, column ${column}`, line }, text);
    return null;
  };
  const station = cells('station') || fault('station', 'the station is empty');
  const quantity = quantityOf(cells, fault);
  const value = numberIn(cells, 'value', fault);
  const unit = unitOf(cells, quantity, fault);
  const time = timeOf(cells, 'time', options, fault);
  const kind = cells('kind') || 'observation';
  if (kind !== 'observation' && kind !== 'forecast')
    fault('kind', `${quoted(kind)} is neither observation nor forecast`);
  const issued = cells('issued') === '' ? null : timeOf(cells, 'issued', options, fault);
  if (kind === 'forecast' && cells('issued') === '')
    fault('issued', 'a forecast needs the time it was issued');
  if (kind === 'forecast' && issued !== null && time !== null && issued > time)
    fault('issued', 'the forecast was issued after the time it speaks of');
  if (quantity === 'water.level' && cells('datum') === '') fault('datum', 'a water level needs its datum');
  const revision = revisionOf(cells, fault);
  const status = cells('status').toLowerCase();
  if (!STATUSES.has(status)) fault('status', `${quoted(status)} is no status`);
  const place = placeOf(cells, station, fault);
  if (
    faults.length > 0 ||
    station === null ||
    quantity === null ||
    unit === null ||
    time === null ||
    place === null
  ) {
    collector.reject('row.broken', { path, line }, `left out for ${faults.join(', ')}`);
    return;
  }
  const forecast = kind === 'forecast';
  collector.accept({
    at: { path, line },
    rows: 1,
    source: 'station-form',
    identity: [station, quantity, forecast ? 'forecast' : 'observation', new Date(time).toISOString()].join(
      '/',
    ),
    // Of two forecasts for the same hour the one issued later counts, unless the agency numbers them.
    revision: revision ?? issued,
    cancelled: status === 'cancelled',
    time: forecast ? (issued ?? time) : time,
    ...(forecast && { kind: 'forecast' as const, validFrom: time, validTo: time }),
    place,
    datum: cells('datum') || null,
    flags: status === 'provisional' || status === 'estimated' ? [status satisfies Flag] : [],
    measures: [{ quantity, value, unit }],
    details: {
      what: 'station',
      station,
      name: cells('name') || null,
      parameter: quantity,
      statistic: null,
      qualifiers: status === '' ? [] : [status],
    },
  });
}

type Fault = (column: StationColumnName, text: string) => null;

function quantityOf(cells: Cells, fault: Fault): QuantityName | null {
  const name = cells('quantity');
  return isQuantity(name) ? name : fault('quantity', `${quoted(name)} is no quantity of the form`);
}

function numberIn(cells: Cells, column: StationColumnName, fault: Fault): number | null {
  const text = cells(column);
  const value = decimal(text);
  if (value !== null) return value;
  if (/^-?\d+,\d+$/.test(text)) return fault(column, `${quoted(text)} has a comma; a point is wanted`);
  return fault(column, text === '' ? `the ${column} is empty` : `${quoted(text)} is no number`);
}

function unitOf(cells: Cells, quantity: QuantityName | null, fault: Fault): string | null {
  const text = cells('unit');
  if (text === '') return fault('unit', 'the unit is empty');
  const unit = Object.hasOwn(STATION_UNITS, text) ? (STATION_UNITS[text] ?? text) : text;
  if (quantity === null || inUnit(0, unit, QUANTITIES[quantity].unit) !== null) return unit;
  return fault('unit', `${quantity} cannot be in ${quoted(text)}`);
}

function timeOf(cells: Cells, column: StationColumnName, options: ReadOptions, fault: Fault): number | null {
  const text = cells(column);
  const time = isoTime(text, options.assumeOffsetMinutes ?? 0);
  if (time === null) return fault(column, `${quoted(text)} is no time such as 2026-09-07T13:00+07:00`);
  if (time.dayOnly) return fault(column, `${quoted(text)} has no hour`);
  // Seven hours decide whether a crest has passed.
  if (!time.zoned && options.assumeOffsetMinutes === undefined)
    return fault(column, `${quoted(text)} has no zone`);
  return time.at;
}

function revisionOf(cells: Cells, fault: Fault): number | null {
  const text = cells('revision');
  if (text === '') return null;
  return /^\d{1,15}$/.test(text) ? Number(text) : fault('revision', `${quoted(text)} is no whole number`);
}

function placeOf(cells: Cells, station: string | null, fault: Fault): Place | null {
  if (station === null) return null;
  if (cells('latitude') === '' && cells('longitude') === '') return { kind: 'station', station };
  const point = pointOf(numberIn(cells, 'latitude', fault), numberIn(cells, 'longitude', fault));
  if (point?.kind !== 'point') return fault('latitude', 'the position is none on Earth');
  return { kind: 'station', station, longitude: point.longitude, latitude: point.latitude };
}
