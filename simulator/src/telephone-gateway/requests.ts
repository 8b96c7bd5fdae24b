import type { CallRequest, MessageRequest } from './call-book.ts';

/** A request that is not as the contract says. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function readCall(body: string): CallRequest {
  const json = readObject(body);
  const { say, keys } = json;
  if (!Array.isArray(say) || say.length === 0 || !say.every((one) => typeof one === 'string')) {
    throw new RequestRefused(422, 'say: a list of texts was expected');
  }
  if (typeof keys !== 'object' || keys === null)
    throw new RequestRefused(422, 'keys: an object was expected');
  const meanings = Object.fromEntries(Object.entries(keys).map(([key, meaning]) => [key, String(meaning)]));
  return { ...common(json), say, atSilence: text(json, 'atSilence'), keys: meanings };
}

export function readMessage(body: string): MessageRequest {
  const json = readObject(body);
  return { ...common(json), text: text(json, 'text') };
}

export function readObject(body: string): Record<string, unknown> {
  let json: unknown;
  try {
    json = JSON.parse(body === '' ? '{}' : body);
  } catch {
    throw new RequestRefused(400, 'the body is not JSON');
  }
  if (typeof json !== 'object' || json === null) throw new RequestRefused(400, 'an object was expected');
  return { ...json };
}

export function text(json: Readonly<Record<string, unknown>>, name: string): string {
  const value = json[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new RequestRefused(422, `${name}: a text was expected`);
}

function common(json: Readonly<Record<string, unknown>>) {
  const to = text(json, 'to');
  if (!/^\+?[0-9]{3,20}$/.test(to)) throw new RequestRefused(422, `to: ${to} is no telephone number`);
  const round = Number(json.round);
  if (!Number.isInteger(round) || round < 1)
    throw new RequestRefused(422, 'round: a number from 1 was expected');
  return { reference: text(json, 'reference'), round, to, language: text(json, 'language') };
}
