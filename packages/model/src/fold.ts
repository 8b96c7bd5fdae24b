const MARKS = /\p{M}+/gu;
const STROKED_D = /[đð]/g;
const SPACES = /[\s\u00a0]+/gu;

/**
 * A text as people search for it: small letters, without marks, single spaces: "tran hung dao" finds "Trần Hưng Đạo".
 * The Vietnamese d with a stroke has no decomposition in Unicode, and the Icelandic eth is often typed for it; both become d.
 * Folding twice gives the same as folding once.
 */
export function foldMarks(text: string): string {
  // Decomposed both before and after: the small letter of some capitals (İ) brings a mark of its own.
  return text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(STROKED_D, 'd')
    .replace(SPACES, ' ')
    .trim();
}
