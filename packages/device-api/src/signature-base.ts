import { type FieldItem, type ListString, serializeItem } from './structured-fields.ts';

/** A request as its signature sees it. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query as they stand in the request line. */
  readonly target: string;
  /** The Host header. */
  readonly authority: string;
  /** By name in small letters; several of a name joined by a comma and a space. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** What the signature covers, and with which parameters: the value of one member of Signature-Input. */
export interface SignatureInput {
  readonly components: readonly ListString[];
  readonly parameters: ReadonlyMap<string, FieldItem>;
}

/**
 * The text that is signed (RFC 9421, 2.5), or the name of the first component that the request does not have or we do not
 * know: then nothing was proved, whatever the signature is.
 */
export function signatureBase(
  request: SignedRequest,
  input: SignatureInput,
): { readonly base: string } | { readonly missing: string } {
  let base = '';
  for (const { value: name, parameters } of input.components) {
    const value = parameters.size > 0 ? null : componentValue(request, name);
    if (value === null) return { missing: name };
    base += `"${name}": ${value}\n`;
  }
  return { base: `${base}"@signature-params": ${serializeInput(input)}` };
}

export function serializeInput({ components, parameters }: SignatureInput): string {
  let text = `(${components.map(({ value }) => serializeItem(value)).join(' ')})`;
  for (const [name, item] of parameters) text += `;${name}=${serializeItem(item)}`;
  return text;
}

function componentValue(request: SignedRequest, name: string): string | null {
  if (!name.startsWith('@')) return fieldValue(request.headers[name]);
  const query = request.target.indexOf('?');
  switch (name) {
    case '@method':
      return request.method;
    case '@path':
      return query < 0 ? request.target : request.target.slice(0, query);
    case '@query':
      return query < 0 ? '?' : request.target.slice(query);
    case '@request-target':
      return request.target;
    case '@authority':
      return request.authority.toLowerCase();
    default:
      return null;
  }
}

function fieldValue(value: string | readonly string[] | undefined): string | null {
  if (value === undefined) return null;
  return typeof value === 'string' ? value.trim() : value.map((one) => one.trim()).join(', ');
}
