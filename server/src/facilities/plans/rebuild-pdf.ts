import {
  EncryptedPDFError,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFStream,
} from '@cantoo/pdf-lib';
import { Refused } from '../workshop/job.ts';
import { checkStream } from './pdf-streams.ts';
import { PLAN_LIMITS } from './plan-limits.ts';
import type { Rebuilt } from './rebuild-image.ts';
import { withoutMetadata } from './strip-jpeg.ts';

/** All that a page may bring: what is painted, and where. No annotation: links, forms, films, sounds and attached files are ones. */
const OF_A_PAGE: ReadonlySet<string> = new Set([
  'Type',
  'Parent',
  'Resources',
  'Contents',
  'MediaBox',
  'CropBox',
  'BleedBox',
  'TrimBox',
  'ArtBox',
  'Rotate',
  'UserUnit',
  'Group',
]);

/** Members that start something, name another file or say who made it: nowhere, at no depth. */
const NOWHERE: readonly string[] = [
  'A',
  'AA',
  'AcroForm',
  'AF',
  'Alternates',
  'Annots',
  'Collection',
  'Dests',
  'EF',
  'EmbeddedFiles',
  'FDecodeParms',
  'FFilter',
  'JavaScript',
  'JS',
  'LastModified',
  'Metadata',
  'Names',
  'OpenAction',
  'OPI',
  'Outlines',
  'PieceInfo',
  'Ref',
  'RichMediaContent',
  'RichMediaSettings',
  'StructParent',
  'StructParents',
  'Threads',
  'Thumb',
  'URI',
  'XFA',
];

/** Nested deeper than any drawing program writes: somebody wants the stack. */
const MOST_DEPTH = 64;

/**
 * A PDF as a new document that holds its pages and nothing else.
 * @throws Refused `plan.encrypted`, `plan.broken`, `plan.too-many-pages`, `plan.too-many-pixels`, `file.too-large-inside`
 */
export async function rebuildPdf(upload: Uint8Array): Promise<Rebuilt> {
  const source = await open(upload);
  const pages = readable(() => source.getPageCount());
  if (pages === 0) throw new Refused('plan.broken', 'The PDF has no page.');
  if (pages > PLAN_LIMITS.pages) {
    throw new Refused('plan.too-many-pages', `${pages} pages are too many.`, { most: PLAN_LIMITS.pages });
  }
  clean(source);
  try {
    const rebuilt = await PDFDocument.create({ updateMetadata: false });
    for (const page of await rebuilt.copyPages(source, source.getPageIndices())) rebuilt.addPage(page);
    const content = await rebuilt.save({
      useObjectStreams: false,
      addDefaultPage: false,
      updateFieldAppearances: false,
    });
    return { mediaType: 'application/pdf', pages, widthPixels: null, heightPixels: null, content };
  } catch (cause) {
    throw brokenPdf(cause);
  }
}

async function open(upload: Uint8Array): Promise<PDFDocument> {
  try {
    return await PDFDocument.load(upload, { updateMetadata: false });
  } catch (cause) {
    if (cause instanceof EncryptedPDFError) {
      throw new Refused('plan.encrypted', 'The PDF is encrypted: save it without a password.');
    }
    throw brokenPdf(cause);
  }
}

/** In the source, before a page is copied: what no page leads to any more is not copied with it. */
function clean(source: PDFDocument): void {
  let unpacked = 0;
  for (const [reference, object] of source.context.enumerateIndirectObjects()) {
    cleanObject(object, 0);
    if (!(object instanceof PDFRawStream)) continue;
    unpacked += checkStream(object, PLAN_LIMITS.unpackedBytes - unpacked);
    const { dict } = object;
    if (dict.get(PDFName.of('Filter'))?.toString() !== '/DCTDecode') continue;
    const content = withoutMetadata(object.contents);
    dict.delete(PDFName.of('Length'));
    source.context.assign(reference, PDFRawStream.of(dict, content));
  }
  for (const { node } of readable(() => source.getPages())) {
    for (const key of node.keys()) if (!OF_A_PAGE.has(key.decodeText())) node.delete(key);
  }
}

function cleanObject(object: PDFObject, depth: number): void {
  if (depth > MOST_DEPTH) throw new Refused('plan.broken', 'The PDF is nested too deeply.');
  if (object instanceof PDFStream) {
    // In a stream, F names a file outside whose bytes take the place of its own.
    object.dict.delete(PDFName.of('F'));
    cleanObject(object.dict, depth + 1);
  } else if (object instanceof PDFDict) {
    for (const name of NOWHERE) object.delete(PDFName.of(name));
    for (const value of object.values()) cleanObject(value, depth + 1);
  } else if (object instanceof PDFArray) {
    for (const value of object.asArray()) cleanObject(value, depth + 1);
  }
}

function readable<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    throw brokenPdf(cause);
  }
}

const brokenPdf = (cause: unknown): Refused =>
  cause instanceof Refused
    ? cause
    : new Refused('plan.broken', `The PDF cannot be read: ${String(cause).slice(0, 200)}`);
