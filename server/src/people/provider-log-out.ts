import type { Provider } from './provider.ts';
import type { LogInMethod } from './session-store.ts';

/** Whoever came by the provider is still logged in there: this is where it ends. */
export async function endSessionAtProvider(
  provider: Provider | null | undefined,
  method: LogInMethod | undefined,
): Promise<string | null> {
  if (!provider || !method?.startsWith('provider')) return null;
  // A provider that cannot be reached must not hold up a log-out here.
  if (!(await provider.reachable())) return null;
  return provider.endSessionAddress();
}
