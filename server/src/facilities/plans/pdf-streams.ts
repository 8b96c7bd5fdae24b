import { constants, inflateSync } from 'node:zlib';
import { PDFArray, PDFName, PDFNumber, type PDFObject, type PDFRawStream } from '@cantoo/pdf-lib';
import { Refused } from '../workshop/job.ts';
import { PLAN_LIMITS } from './plan-limits.ts';

/** Filters that no drawing needs twice over, and what a reader must unpack for each. */
const MOST_FILTERS = 3;

/**
 * How many bytes a stream holds when it is unpacked: a viewer on a telephone will do it, so a bomb must not come that far.
 * @param left bytes that the document may still hold
 * @throws Refused `file.too-large-inside`, `plan.too-many-pixels`
 */
export function checkStream(stream: PDFRawStream, left: number): number {
  const { dict } = stream;
  const number = (name: string): number => {
    const value = dict.lookup(PDFName.of(name));
    return value instanceof PDFNumber ? value.asNumber() : 0;
  };
  if (dict.lookup(PDFName.of('Subtype'))?.toString() === '/Image') {
    const pixels = number('Width') * number('Height');
    if (pixels > PLAN_LIMITS.pixels) {
      throw new Refused('plan.too-many-pixels', 'An image inside the PDF has too many pixels.', {
        most: PLAN_LIMITS.pixels,
      });
    }
  }
  const filters = namesOf(dict.lookup(PDFName.of('Filter')));
  if (filters.length > MOST_FILTERS) throw bomb();
  return unpack(stream.contents, filters, left).length;
}

function unpack(contents: Uint8Array, filters: readonly string[], left: number): Uint8Array {
  let bytes = contents;
  for (const filter of filters) {
    if (filter !== 'FlateDecode' && filter !== 'Fl') return bytes;
    bytes = inflate(bytes, left);
  }
  if (bytes.length > left) throw bomb();
  return bytes;
}

function inflate(bytes: Uint8Array, left: number): Uint8Array {
  try {
    // Many programs end a stream short of its checksum: what is there is measured.
    return inflateSync(bytes, { maxOutputLength: Math.max(1, left), finishFlush: constants.Z_SYNC_FLUSH });
  } catch (cause) {
    if (cause instanceof RangeError) throw bomb();
    // It cannot be unpacked at all, so a viewer shows nothing of it.
    return bytes;
  }
}

function namesOf(filter: PDFObject | undefined): string[] {
  if (filter instanceof PDFName) return [filter.decodeText()];
  if (!(filter instanceof PDFArray)) return [];
  return filter.asArray().flatMap((one) => (one instanceof PDFName ? [one.decodeText()] : []));
}

const bomb = (): Refused =>
  new Refused('file.too-large-inside', 'The file is far larger when it is unpacked than any drawing is.');
