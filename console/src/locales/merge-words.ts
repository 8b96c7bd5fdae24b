/** Texts by name, and groups of them. */
export interface Words {
  readonly [name: string]: string | Words;
}

export interface WordsFile {
  readonly default: Words;
}

/** The words that every screen shares, with those of the parts of the console: one chunk for each language. */
export function mergeWords(shared: Words, parts: Readonly<Record<string, WordsFile>>): Words {
  return Object.values(parts).reduce((all, part) => mergeTwo(all, part.default), shared);
}

/**
 * A part may add to a group of another (`problem`, `role`), and never say a text anew.
 * @throws TypeError naming the text that two files give
 */
export function mergeTwo(left: Words, right: Words, path = ''): Words {
  const merged: Record<string, string | Words> = { ...left };
  for (const [name, added] of Object.entries(right)) {
    const known = merged[name];
    if (known === undefined) merged[name] = added;
    else if (typeof known === 'object' && typeof added === 'object')
      merged[name] = mergeTwo(known, added, `${path}${name}.`);
    else throw new TypeError(`two files of words give ${path}${name}`);
  }
  return merged;
}
