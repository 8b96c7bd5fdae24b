import { permissionsOf, type Role, type UserId } from '@keng/model';
import { READ_MS } from './api/answer-within.ts';
import { homeOf } from './frame/navigation.ts';
import { rememberedLanguage } from './languages.ts';
import { warmWorker } from './live/connect-worker.ts';

const PAGES = import.meta.glob('./pages/*/page.tsx');
const WORDS = import.meta.glob('./locales/{vi,en,ru,zh}.ts');

interface FoundSession {
  readonly user: { readonly id: string; readonly roles: readonly Role[] };
}

let asked: Promise<Response> | null = null;

/**
 * Begins, before React is there, what otherwise would wait for it one after the other: who is logged in, the words, the page's own code,
 * and the alarms themselves. A desk with 10,000 open alarms shows the first half a second sooner.
 */
export function startEarly(): void {
  for (const language of new Set(['vi', rememberedLanguage() ?? 'vi']))
    void WORDS[`./locales/${language}.ts`]?.();
  const [, first = ''] = globalThis.location.pathname.split('/');
  // The owner's page proves itself by its address.
  if (first === 'owner') return;
  asked = fetch('/api/session', {
    headers: { accept: 'application/json' },
    credentials: 'same-origin',
    cache: 'no-store',
    signal: AbortSignal.timeout(READ_MS),
  });
  asked.then((response) => prepare(response.clone(), first)).catch(leaveToTheScreen);
}

/** The answer that was asked for before the screen was there, once. */
export function earlySession(): Promise<Response> | null {
  const answer = asked;
  asked = null;
  return answer;
}

async function prepare(response: Response, first: string): Promise<void> {
  if (!response.ok) return;
  // Read with its schema by api/session.ts; here a wrong shape only means that nothing is prepared.
  const session = (await response.json()) as FoundSession | null;
  if (session === null) return;
  const permissions = permissionsOf(session.user.roles);
  if (permissions.has('desk.read')) warmWorker(session.user.id as UserId);
  const folder = first === '' ? homeOf(permissions)?.slice(1) : first;
  await PAGES[`./pages/${folder}/page.tsx`]?.();
}

/** Whatever failed here is asked again by the part of the screen that needs it, and is shown there. */
function leaveToTheScreen(): void {}
