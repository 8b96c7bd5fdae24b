import { type ContactId, canonicalJson } from '@keng/model';

/** What stands where somebody's name stood. The same in every language: the console shows it as it is. */
export const ERASED = '[erased]';
/** A telephone number by the schema, and nobody's. */
export const NO_TELEPHONE = '000';

/** A person as the log knows them; over the years they may have had several of each. */
export interface Identity {
  readonly contactId: ContactId;
  readonly names: readonly string[];
  readonly telephones: readonly string[];
  readonly emails: readonly string[];
}

/** Shorter names would be found inside of other words. */
const LEAST_NAME = 4;

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** The same value without this person: the members of their own record by name, and whatever else was written with their name or number. */
export function redact(value: unknown, identity: Identity): unknown {
  // JSON of the database is nothing else.
  return redactValue(value as Json, identity, wordsOf(identity));
}

function redactValue(value: Json, identity: Identity, words: RegExp | null): Json {
  if (typeof value === 'string') return words === null ? value : value.replace(words, ERASED);
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map((one) => redactValue(one, identity, words));
  const whose = ownerOf(value);
  // Somebody else may have the same name.
  const inside = whose !== null && whose !== identity.contactId ? null : words;
  const own = whose === identity.contactId;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      own && name in PLACEHOLDERS && member !== null
        ? (PLACEHOLDERS[name] ?? null)
        : redactValue(member, identity, inside),
    ]),
  );
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** Members of a contact, of an answer, of a call-back. */
const PLACEHOLDERS: Readonly<Record<string, Json>> = {
  name: ERASED,
  contactName: ERASED,
  telephone: NO_TELEPHONE,
  email: null,
  role: '',
};

/** Whose record this object is: it names its contact, or is the contact itself. */
function ownerOf(value: { readonly [name: string]: Json }): string | null {
  if (typeof value.contactId === 'string') return value.contactId;
  return typeof value.id === 'string' && 'telephone' in value ? value.id : null;
}

function wordsOf({ names, telephones, emails }: Identity): RegExp | null {
  const texts = [...names.filter((name) => name.trim().length >= LEAST_NAME), ...telephones, ...emails];
  if (texts.length === 0) return null;
  const patterns = [...new Set(texts)]
    .sort((one, other) => other.length - one.length)
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${patterns.join('|')})(?![\\p{L}\\p{N}])`, 'gu');
}

/** The text of a body without this person, as it is hashed; null: it does not name them. */
export function redactBody(bodyText: string, identity: Identity): string | null {
  const body: unknown = JSON.parse(bodyText);
  const redacted = canonicalJson(redact(body, identity));
  return redacted === canonicalJson(body) ? null : redacted;
}
