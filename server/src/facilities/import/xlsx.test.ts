import { deflateRawSync } from 'node:zlib';
import { readSheet } from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { openZip, plainZip } from './open-zip.ts';
import { readXlsx } from './read-xlsx.ts';
import { plainText, safeCell } from './safe-cell.ts';
import { writeXlsx } from './write-xlsx.ts';
import { XLSX_LIMITS } from './xlsx-limits.ts';

const made = async (rows: readonly (readonly string[])[]): Promise<Buffer> =>
  Buffer.from((await writeXlsx(Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n')))).content);

const all = (): boolean => true;
const withPart = (file: Buffer, name: string, change: (text: string) => string): Buffer => {
  const parts = openZip(file, all);
  parts.set(name, Buffer.from(change(parts.get(name)?.toString() ?? '')));
  return plainZip(parts);
};
const SHEET = 'xl/worksheets/sheet1.xml';

async function rowsOf(file: Uint8Array): Promise<string[][]> {
  const { content } = await readXlsx(file);
  return Buffer.from(content)
    .toString()
    .split('\n')
    .map((line) => JSON.parse(line) as string[]);
}
const refusal = (file: Uint8Array) =>
  readXlsx(file).then(
    () => 'taken',
    (error: { code?: string }) => error.code,
  );

describe('a table', () => {
  it('comes back as it was written, texts that look like formulas and numbers as texts', async () => {
    const rows = [
      ['name', 'telephone', 'note'],
      ['=1+1', '+84912345678', "@SUM(A1) -2 'x"],
      ['Chợ Đồng Xuân', '0012', ''],
    ];
    const file = await made(rows);
    const back = await rowsOf(file);
    expect(back.map((row) => row.slice(0, 2))).toEqual(rows.map((row) => row.slice(0, 2)));
    expect(back[1]?.[2]).toBe(rows[1]?.[2]);
    expect(openZip(file, all).get(SHEET)?.toString()).not.toContain('<f');
  });

  it('gives of a formula what it gave last, and computes nothing', async () => {
    const file = withPart(await made([['name'], ['x']]), SHEET, (xml) =>
      xml.replace(/<c r="A2"[^>]*>.*?<\/c>/s, '<c r="A2"><f>WEBSERVICE("http://x")&amp;1</f><v>42</v></c>'),
    );
    expect(await rowsOf(file)).toEqual([['name'], ['42']]);
  });

  it('is read only in the parts that a table has', async () => {
    const parts = openZip(await made([['name'], ['x']]), all);
    parts.set('xl/vbaProject.bin', Buffer.from('macro'));
    parts.set('../../outside.xml', Buffer.from('<a/>'));
    expect(await rowsOf(plainZip(parts))).toEqual([['name'], ['x']]);
  });
});

/** A ZIP with one packed part whose headers say it is small. */
function lyingZip(name: string, content: Buffer): Buffer {
  const file = plainZip(new Map([[name, deflateRawSync(content, { level: 9 })]]));
  // Method "deflated" in both headers; the sizes stay those of the packed bytes.
  file.writeUInt16LE(8, 8);
  file.writeUInt16LE(8, file.indexOf(Buffer.from('504b0102', 'hex')) + 10);
  return file;
}

describe('what is refused, each with its reason', () => {
  it.each<[string, () => Promise<Uint8Array> | Uint8Array, string]>([
    ['no ZIP at all', () => Buffer.from('name,address'), 'import.xlsx-broken'],
    ['nothing', () => new Uint8Array(), 'import.xlsx-broken'],
    ['a ZIP of something else', () => plainZip(new Map([['a.txt', Buffer.from('x')]])), 'import.xlsx-broken'],
    ['a ZIP cut in half', async () => (await made([['a']])).subarray(0, 400), 'import.xlsx-broken'],
    [
      'a bomb that says it is small',
      () => lyingZip(SHEET, Buffer.alloc(XLSX_LIMITS.unpackedBytes + 1, ' ')),
      'file.too-large-inside',
    ],
    [
      'entities of its own',
      async () =>
        withPart(await made([['a']]), SHEET, (xml) =>
          xml.replace('?>', '?><!DOCTYPE x [<!ENTITY a "aaaa">]>'),
        ),
      'import.xlsx-broken',
    ],
    [
      'a cell at the far corner',
      async () => withPart(await made([['a']]), SHEET, (xml) => xml.replace('r="A1"', 'r="XFD1"')),
      'import.xlsx-broken',
    ],
    [
      'a row beyond the limit',
      async () => withPart(await made([['a']]), SHEET, (xml) => xml.replace('r="A1"', 'r="A1048576"')),
      'import.too-many-rows',
    ],
    [
      'a password',
      async () => {
        const file = plainZip(openZip(await made([['a']]), all));
        for (let at = file.indexOf('PK\x01\x02'); at >= 0; at = file.indexOf('PK\x01\x02', at + 1)) {
          file.writeUInt16LE(1, at + 8);
        }
        return file;
      },
      'import.xlsx-encrypted',
    ],
  ])('%s', async (_name, make, code) => {
    expect(await refusal(await make())).toBe(code);
  });

  it('the bomb would go off in the library: otherwise the test above proves nothing', async () => {
    const file = lyingZip(SHEET, Buffer.alloc(1_000_000, ' '));
    expect(file.length).toBeLessThan(10_000);
    await expect(readSheet(file)).rejects.toThrow();
    expect(openZip(file, all).get(SHEET)?.length).toBe(1_000_000);
  });
});

describe('cells of CSV', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['@cmd', "'@cmd"],
    ['+84912345678', "'+84912345678"],
    ['-2+3', "'-2+3"],
    ['-105.5', '-105.5'],
    ["'quoted'", "'quoted'"],
    ['plain', 'plain'],
  ])('%s is written as %s and read as it was', (text, cell) => {
    expect(safeCell(text)).toBe(cell);
    expect(plainText(cell)).toBe(text);
  });
});
