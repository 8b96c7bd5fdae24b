import type { SoundProof } from '@keng/model';

/** How often the screen says that it can be heard and seen; the centre misses it after two that did not come. */
export const PROOF_EVERY_MS = 10_000;
/** A tab that does not answer for so long is frozen, whatever it said before. */
const FRESH_MS = 25_000;

export interface TabProof {
  readonly sound: SoundProof;
  readonly visible: boolean;
  /** The proof that a change comes from our own page. */
  readonly csrf: string | null;
}

export interface ScreenReport {
  readonly screen: string;
  readonly sound: SoundProof;
  readonly visible: boolean;
}

/** What all tabs of one browser can prove together: one that is heard is enough, one that is seen is enough. */
export class ScreenProof<Tab> {
  readonly screen: string;
  readonly #tabs = new Map<Tab, TabProof & { readonly at: number }>();

  constructor(screen: string) {
    this.screen = screen;
  }

  take(tab: Tab, proof: TabProof, now: number): void {
    this.#tabs.set(tab, { ...proof, at: now });
  }

  leave(tab: Tab): void {
    this.#tabs.delete(tab);
  }

  get csrf(): string | null {
    return [...this.#tabs.values()].findLast((one) => one.csrf !== null)?.csrf ?? null;
  }

  /** null: no tab answers; then nothing is said, and the centre takes the screen for asleep. */
  report(now: number): ScreenReport | null {
    const fresh = [...this.#tabs.values()].filter((one) => now - one.at <= FRESH_MS);
    if (fresh.length === 0) return null;
    const has = (sound: SoundProof): boolean => fresh.some((one) => one.sound === sound);
    return {
      screen: this.screen,
      sound: has('running') ? 'running' : has('stalled') ? 'stalled' : 'blocked',
      visible: fresh.some((one) => one.visible),
    };
  }
}
