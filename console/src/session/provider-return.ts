import { Problem } from '@keng/model';

export type ProviderReturn =
  | { readonly kind: 'key-wanted' }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | null;

/** How a log-in at the provider ended, from the address the centre led to; taken out of the address, so that a reload is not told again. */
export function takeReturn(): ProviderReturn {
  const query = new URLSearchParams(window.location.search);
  const said = query.get('log-in');
  if (said === null) return null;
  window.history.replaceState(null, '', window.location.pathname);
  return readReturn(said, query.get('subject'));
}

/** @param said Word of the address: `second-factor`, or the code of a problem with dashes for dots. */
export function readReturn(said: string, subject: string | null): ProviderReturn {
  if (said === 'second-factor') return { kind: 'key-wanted' };
  // Anybody can write an address: only codes that this page knows become words, and the subject is shown as text.
  const code = KNOWN.find((one) => one.replace('.', '-') === said) ?? 'provider.refused';
  const params = subject === null ? {} : { params: { subject: subject.slice(0, 255) } };
  return { kind: 'refused', problem: new Problem(401, code, code, params) };
}

const KNOWN = [
  'provider.unlinked',
  'provider.refused',
  'provider.unreachable',
  'session.step-over',
  'passkey.needs-name',
];
