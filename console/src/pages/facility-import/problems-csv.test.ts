import { expect, test } from 'vitest';
import { problemsCsv } from './problems-csv.ts';

const problem = (value: string | null) => ({ row: 3, column: 'name', code: 'x', reason: 'r', value });
const line = (value: string | null) => problemsCsv([problem(value)], (one) => one.reason).split('\r\n')[1];

test.each([
  ['plain', '3,name,r,plain'],
  ['a "b", c', '3,name,r,"a ""b"", c"'],
  ['=HYPERLINK("x")', '3,name,r,"\'=HYPERLINK(""x"")"'],
  ['@sum', "3,name,r,'@sum"],
  ['-20.5', '3,name,r,-20.5'],
  ['+84 912 345 678', '3,name,r,+84 912 345 678'],
  [null, '3,name,r,'],
])('the cell %s', (value, expected) => {
  expect(line(value)).toBe(expected);
});

test('spreadsheets know it for UTF-8', () => {
  expect(problemsCsv([], () => '').charCodeAt(0)).toBe(0xfeff);
});
