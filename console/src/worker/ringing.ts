/** What a tab may do about the alarms it must sound: ring, keep quiet because another tab rings, or say that nobody can. */
export type Ringing = 'here' | 'elsewhere' | 'nobody';

/** The tab that rings strikes every two seconds; after so long without one it is frozen, crashed or muted. */
export const STRIKE_OVERDUE_MS = 7_000;

interface Voice {
  /** The browser lets this tab be heard. */
  allowed: boolean;
}

/** Of the tabs of one desk exactly one rings: the first that may be heard, and another as soon as it cannot any more. */
export class Ringer<Tab> {
  readonly #voices = new Map<Tab, Voice>();
  #ringing: Tab | null = null;
  #struckAt = 0;

  join(tab: Tab): void {
    if (!this.#voices.has(tab)) this.#voices.set(tab, { allowed: false });
  }

  leave(tab: Tab, now: number): void {
    this.#voices.delete(tab);
    this.#choose(now);
  }

  allow(tab: Tab, allowed: boolean, now: number): void {
    const voice = this.#voices.get(tab);
    if (voice === undefined) return;
    voice.allowed = allowed;
    this.#choose(now);
  }

  /** It was heard just now. */
  struck(tab: Tab, now: number): void {
    if (tab === this.#ringing) this.#struckAt = now;
  }

  /** Called now and then while something sounds: a tab that should ring and does not is passed over until it speaks again. */
  look(now: number): void {
    if (this.#ringing === null || now - this.#struckAt <= STRIKE_OVERDUE_MS) return;
    const voice = this.#voices.get(this.#ringing);
    if (voice) voice.allowed = false;
    this.#choose(now);
  }

  /** Nothing sounds: silence proves nothing about anybody. */
  rest(now: number): void {
    this.#struckAt = now;
  }

  of(tab: Tab): Ringing {
    if (this.#ringing === null) return 'nobody';
    return this.#ringing === tab ? 'here' : 'elsewhere';
  }

  #choose(now: number): void {
    if (this.#ringing !== null && this.#voices.get(this.#ringing)?.allowed) return;
    const next = [...this.#voices].find(([, voice]) => voice.allowed)?.[0] ?? null;
    this.#ringing = next;
    this.#struckAt = now;
  }
}
