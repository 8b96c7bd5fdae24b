/** A text that a spreadsheet would take for a formula when it opens a CSV file, and run. */
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^-?\d+(?:\.\d+)?$/;

/** A cell of a CSV file that no spreadsheet executes: an apostrophe before it makes it a text. */
export function safeCell(text: string): string {
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

/** What was meant: the apostrophe of safeCell is no part of the text. */
export function plainText(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
}
