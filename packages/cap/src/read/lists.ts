import type { Reference } from '../model.ts';

/** Words between spaces; one with spaces stands in quotation marks (CAP 1.2, addresses and incidents). */
export function readWordList(text: string): string[] {
  // Most messages have no such list.
  if (text === '') return [];
  return [...text.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');
}

const TIME = /^\d{4}-\d\d-\d\dT/;

/**
 * "sender,identifier,sent" triples between spaces. Taken as well: pairs without `sent`, triples after one another with commas.
 * @returns `exact` false when it was not written as the standard says
 */
export function readReferences(text: string): { readonly references: Reference[]; readonly exact: boolean } {
  const references: Reference[] = [];
  if (text === '') return { references, exact: true };
  let exact = true;
  for (const word of text.trim().split(/\s+/)) {
    if (word === '') continue;
    const parts = word.split(',');
    if (parts.length === 3 && parts.every((part) => part !== '')) {
      references.push({ sender: parts[0] ?? '', identifier: parts[1] ?? '', sent: parts[2] ?? '' });
      continue;
    }
    exact = false;
    references.push(...looseReferences(parts.filter((part) => part !== '')));
  }
  return { references, exact };
}

function looseReferences(parts: readonly string[]): Reference[] {
  const references: Reference[] = [];
  let at = 0;
  while (at + 1 < parts.length) {
    const [sender = '', identifier = '', sent] = parts.slice(at, at + 3);
    const whole = sent !== undefined && TIME.test(sent);
    references.push({ sender, identifier, sent: whole ? sent : null });
    at += whole ? 3 : 2;
  }
  return references;
}
