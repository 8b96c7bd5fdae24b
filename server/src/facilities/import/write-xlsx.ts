import writeExcelFile from 'write-excel-file/node';

/** Column widths: wide enough to read a name, narrow enough to see the next. */
const WIDTH = 22;

/**
 * Rows (each a line of JSON) as an XLSX file; runs in the workshop. Every cell is a text by its type, so nothing in it is
 * ever taken for a formula, and a telephone number keeps its zeros.
 */
export async function writeXlsx(
  lines: Uint8Array,
): Promise<{ readonly facts: { readonly rows: number }; readonly content: Uint8Array }> {
  const rows = Buffer.from(lines)
    .toString('utf8')
    .split('\n')
    // Written by export-facilities.ts of the same process.
    .map((line) => JSON.parse(line) as readonly string[]);
  const sheet = rows.map((row, index) =>
    row.map((value) => ({
      value,
      type: String,
      format: '@',
      ...(index === 0 ? { fontWeight: 'bold' as const } : {}),
    })),
  );
  const columns = (rows[0] ?? []).map(() => ({ width: WIDTH }));
  const content = await writeExcelFile(sheet, { columns, stickyRowsCount: 1 }).toBuffer();
  return { facts: { rows: rows.length }, content };
}
