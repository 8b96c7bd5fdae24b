/** One member of a structured field: an inner list of strings, or one item, with parameters (RFC 9651, the parts that signatures use). */
export interface FieldMember {
  /** Of an inner list: its strings, each with the names of its parameters. */
  readonly list: readonly ListString[] | null;
  readonly item: FieldItem | null;
  readonly parameters: ReadonlyMap<string, FieldItem>;
}

export interface ListString {
  readonly value: string;
  readonly parameters: ReadonlyMap<string, FieldItem>;
}

export type FieldItem = string | number | boolean | Uint8Array;

/** No field that a device sends comes near this. */
const MOST_CHARACTERS = 2_048;
const MOST_MEMBERS = 16;

/** Bytes that are no structured field of the kind that is expected. */
export class FieldSyntaxError extends Error {
  override readonly name = 'FieldSyntaxError';
  /** Where, in characters from the start. */
  readonly at: number;

  constructor(what: string, at: number) {
    super(`${what} at character ${at}`);
    this.at = at;
  }
}

/**
 * Parses a dictionary such as `sig1=("@method" "@path");created=1`. Later members of the same name win (RFC 9651, 4.2.2).
 * @throws FieldSyntaxError
 */
export function parseDictionary(text: string): ReadonlyMap<string, FieldMember> {
  if (text.length > MOST_CHARACTERS) throw new FieldSyntaxError('the field is too long', MOST_CHARACTERS);
  return new DictionaryParser(text).dictionary();
}

/** Walks the text once; every step moves on, so that no input costs more than its length. */
class DictionaryParser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  dictionary(): ReadonlyMap<string, FieldMember> {
    const members = new Map<string, FieldMember>();
    this.#spaces();
    while (this.#at < this.#text.length) {
      if (members.size === MOST_MEMBERS) this.#fail('too many members');
      const key = this.#key();
      members.set(key, this.#take('=') ? this.#member() : this.#flag());
      this.#spaces();
      if (this.#at === this.#text.length) break;
      this.#expect(',');
      this.#spaces();
      if (this.#at === this.#text.length) this.#fail('a comma with nothing behind it');
    }
    return members;
  }

  #member(): FieldMember {
    if (this.#text[this.#at] !== '(') {
      const item = this.#item();
      return { list: null, item, parameters: this.#parameters() };
    }
    const list = this.#innerList();
    return { list, item: null, parameters: this.#parameters() };
  }

  #flag(): FieldMember {
    return { list: null, item: true, parameters: this.#parameters() };
  }

  #innerList(): ListString[] {
    const list: ListString[] = [];
    this.#expect('(');
    for (;;) {
      this.#spaces();
      if (this.#take(')')) return list;
      if (list.length === MOST_MEMBERS) this.#fail('too many items');
      const value = this.#string();
      list.push({ value, parameters: this.#parameters() });
      const next = this.#text[this.#at];
      if (next !== ' ' && next !== ')') this.#fail('a space or a closing bracket was expected');
    }
  }

  #parameters(): ReadonlyMap<string, FieldItem> {
    const parameters = new Map<string, FieldItem>();
    while (this.#take(';')) {
      if (parameters.size === MOST_MEMBERS) this.#fail('too many parameters');
      this.#spaces();
      const key = this.#key();
      parameters.set(key, this.#take('=') ? this.#item() : true);
    }
    return parameters;
  }

  #item(): FieldItem {
    const first = this.#text[this.#at] ?? '';
    if (first === '"') return this.#string();
    if (first === ':') return this.#bytes();
    if (first === '?') return this.#boolean();
    if (first === '-' || isDigit(first)) return this.#integer();
    return this.#token();
  }

  #string(): string {
    this.#expect('"');
    let value = '';
    for (;;) {
      const character = this.#next('the string does not end');
      if (character === '"') return value;
      if (character === '\\') {
        const escaped = this.#next('the string does not end');
        if (escaped !== '"' && escaped !== '\\') this.#fail('only quote and backslash are escaped');
        value += escaped;
      } else if (character < ' ' || character > '~') this.#fail('strings are printable ASCII');
      else value += character;
    }
  }

  #bytes(): Uint8Array {
    this.#expect(':');
    const end = this.#text.indexOf(':', this.#at);
    if (end < 0) this.#fail('the bytes do not end');
    const base64 = this.#text.slice(this.#at, end);
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) this.#fail('not base64');
    this.#at = end + 1;
    return Buffer.from(base64, 'base64');
  }

  #boolean(): boolean {
    this.#expect('?');
    const digit = this.#next('a boolean was expected');
    if (digit !== '0' && digit !== '1') this.#fail('a boolean is ?0 or ?1');
    return digit === '1';
  }

  #integer(): number {
    const start = this.#at;
    this.#take('-');
    while (isDigit(this.#text[this.#at] ?? '')) this.#at += 1;
    const text = this.#text.slice(start, this.#at);
    if (!/^-?[0-9]{1,15}$/.test(text)) this.#fail('not an integer of at most 15 digits');
    if (this.#text[this.#at] === '.') this.#fail('a decimal is not used here');
    return Number(text);
  }

  #token(): string {
    const start = this.#at;
    while (/^[A-Za-z0-9!#$%&'*+\-.^_`|~:/]$/.test(this.#text[this.#at] ?? '')) this.#at += 1;
    if (start === this.#at) this.#fail('a value was expected');
    return this.#text.slice(start, this.#at);
  }

  #key(): string {
    const start = this.#at;
    while (/^[a-z0-9_\-.*]$/.test(this.#text[this.#at] ?? '')) this.#at += 1;
    if (start === this.#at) this.#fail('a key in small letters was expected');
    return this.#text.slice(start, this.#at);
  }

  #spaces(): void {
    while (this.#text[this.#at] === ' ' || this.#text[this.#at] === '\t') this.#at += 1;
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #expect(character: string): void {
    if (!this.#take(character)) this.#fail(`${character} was expected`);
  }

  #next(otherwise: string): string {
    const character = this.#text[this.#at];
    if (character === undefined) this.#fail(otherwise);
    this.#at += 1;
    return character as string;
  }

  #fail(what: string): never {
    throw new FieldSyntaxError(what, this.#at);
  }
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9' && character.length === 1;
}

/** Strings, integers and bytes as RFC 9651, 4.1 writes them. */
export function serializeItem(item: FieldItem): string {
  if (typeof item === 'string') return `"${item.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  if (typeof item === 'number') return String(item);
  if (typeof item === 'boolean') return item ? '?1' : '?0';
  return `:${Buffer.from(item).toString('base64')}:`;
}
