import { z } from 'zod';
import { defineRoute, type RequestContext, type Route } from '../../platform/http/index.ts';
import { handOf } from '../calls.ts';
import { dutyFacts } from '../inspections/duty-rules.ts';
import type { FacilityService } from '../service.ts';
import type { Workshop } from '../workshop/workshop.ts';
import { templateCsv } from './columns.ts';
import { exportCsv, exportXlsx, templateXlsx } from './export-facilities.ts';
import { askerLeaving, type Followed, followImport } from './follow-import.ts';
import { IMPORT_MODES, type ImportRequest, importFacilities } from './import-facilities.ts';
import { pieces } from './pieces.ts';
import { XLSX_LIMITS } from './xlsx-limits.ts';
import { xlsxReader } from './xlsx-rows.ts';

/** Bytes of a file by HTTP: some 100,000 rows. Larger ones by `keng import facilities`. */
const MOST_FILE_BYTES = 64 * 1024 * 1024;
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const rowProblem = z.object({
  row: z.int(),
  column: z.string(),
  code: z.string(),
  reason: z.string(),
  value: z.string().nullable(),
});
const importReport = z.object({
  rows: z.int(),
  taken: z.int(),
  registered: z.int(),
  changed: z.int(),
  refused: z.int(),
  problems: z.array(rowProblem),
  moreProblems: z.int(),
});
const importQuery = z.object({
  mode: z.enum(IMPORT_MODES),
  file: z.string().max(300).default('facilities.csv'),
  /** `lines`: the answer is lines of JSON, a line for each batch of rows, the report last. */
  progress: z.enum(['lines']).optional(),
});
const exportQuery = z.object({
  search: z.string().max(200).optional(),
  area: z.string().max(16).optional(),
  category: z.string().max(64).optional(),
  organisation: z.string().max(64).optional(),
});

/** The register as tables, in and out, in the form of one template. */
export function tableRoutes(service: FacilityService, workshop: Workshop): Route[] {
  return [...templateRoutes(workshop), ...importRoutes(service, workshop), ...exportRoutes(workshop)];
}

function templateRoutes(workshop: Workshop): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/facilities/template.csv',
      access: 'facility.import',
      summary: 'Template of the import: header and one synthetic example',
      schemas: { response: z.unknown() },
      streams: true,
      handle: async ({ context }) => {
        asFile(context, 'text/csv; charset=utf-8', 'facilities.csv');
        return templateCsv();
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/facilities/template.xlsx',
      access: 'facility.import',
      summary: 'The same template as XLSX',
      schemas: { response: z.unknown() },
      streams: true,
      handle: async ({ context }) => {
        const file = await templateXlsx(workshop);
        asFile(context, XLSX, 'facilities.xlsx');
        return file;
      },
    }),
  ];
}

function importRoutes(service: FacilityService, workshop: Workshop): Route[] {
  const run = async (
    context: RequestContext,
    query: z.infer<typeof importQuery>,
    given: Pick<ImportRequest, 'source' | 'read' | 'signal'> & Pick<Followed, 'partOf' | 'all'>,
  ) => {
    const work = (progress?: ImportRequest['progress']) =>
      context.transaction(async (client) =>
        importFacilities(client, {
          source: given.source,
          ...(given.read ? { read: given.read } : {}),
          file: query.file,
          mode: query.mode,
          hand: handOf(context),
          facts: await service.facts(client, context.world),
          kek: service.options.kek,
          recordedAt: service.options.wallClock(),
          duties: dutyFacts(service.options.country),
          ...(given.signal ? { signal: given.signal } : {}),
          ...(progress ? { progress } : {}),
        }),
      );
    if (query.progress === undefined) return importReport.parse(await work());
    context.reply.header('content-type', 'application/x-ndjson; charset=utf-8');
    // Proxies that buffer would hold the progress back.
    context.reply.header('x-accel-buffering', 'no');
    return await followImport(given, work);
  };
  return [
    defineRoute({
      method: 'POST',
      url: '/facilities/import',
      access: 'facility.import',
      summary: 'Imports a CSV file: check it, take its good rows, or take all or nothing',
      bodyLimit: MOST_FILE_BYTES,
      rawBody: 'text/csv',
      schemas: { query: importQuery, body: z.instanceof(Uint8Array), response: importReport },
      streams: true,
      handle: ({ query, body, context }) => {
        let given = 0;
        const source = pieces(body, undefined, (bytes) => {
          given = bytes;
        });
        const signal = askerLeaving(context);
        return run(context, query, { source, signal, all: null, partOf: () => given / body.length });
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/facilities/import-xlsx',
      access: 'facility.import',
      summary: `The same from the first sheet of an XLSX file, at most ${XLSX_LIMITS.rows} rows; formulas count as what they gave last`,
      bodyLimit: XLSX_LIMITS.bytes + 1_024,
      rawBody: XLSX,
      schemas: { query: importQuery, body: z.instanceof(Uint8Array), response: importReport },
      streams: true,
      handle: async ({ query, body, context }) => {
        // Before it is unpacked: whoever leaves meanwhile stops it, too.
        const signal = askerLeaving(context);
        const { read, rows: all } = await xlsxReader(workshop, body);
        const partOf = (rows: number) => Math.min(1, rows / Math.max(1, all));
        return run(context, query, { source: pieces(body), read, signal, all, partOf });
      },
    }),
  ];
}

function exportRoutes(workshop: Workshop): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/facilities/export.csv',
      access: 'facility.import',
      summary: 'The facilities of a search as CSV in the form of the template; keys are never given out',
      schemas: { query: exportQuery, response: z.unknown() },
      streams: true,
      handle: async ({ query, context }) => {
        asFile(context, 'text/csv; charset=utf-8', 'facilities.csv');
        return exportCsv(context.transaction, context.world, query);
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/facilities/export.xlsx',
      access: 'facility.import',
      summary: `The same as XLSX, at most ${XLSX_LIMITS.rows} rows; every cell is a text`,
      schemas: { query: exportQuery, response: z.unknown() },
      streams: true,
      handle: async ({ query, context }) => {
        const { transaction, world } = context;
        const file = await exportXlsx(workshop, transaction, world, query, askerLeaving(context));
        asFile(context, XLSX, 'facilities.xlsx');
        return file;
      },
    }),
  ];
}

function asFile({ reply }: RequestContext, type: string, name: string): void {
  reply.header('content-type', type);
  reply.header('content-disposition', `attachment; filename="${name}"`);
}
