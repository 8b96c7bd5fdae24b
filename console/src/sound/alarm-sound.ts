import type { SoundProof } from '@keng/model';

/** A two-tone gong made from oscillators: no file to fetch, nothing that can be missing when it burns. */
const STRIKES = [
  { after: 0, frequency: 932 },
  { after: 0.22, frequency: 698 },
  { after: 0.44, frequency: 932 },
] as const;
/** One step below an alarm: a single low stroke, less often. Nobody takes it for a fire, and nobody sleeps through it. */
const ATTENTION = [{ after: 0, frequency: 466 }] as const;
const PARTIALS = [
  { ratio: 1, level: 0.5 },
  { ratio: 2.01, level: 0.22 },
  { ratio: 2.74, level: 0.12 },
] as const;
/** Between two rounds while nobody has accepted. */
export const ROUND_SECONDS = { alarm: 2, attention: 5 } as const;

/** A fire; or something that a person must look at, but not before a fire. */
export type Urgency = keyof typeof ROUND_SECONDS;

/** Two proofs that are closer than this say nothing about a clock. */
const PROOF_LEAST_MS = 1_000;

export interface AlarmSoundListener {
  /** Whether the browser lets this tab be heard; told whenever it is known anew. */
  audible(allowed: boolean): void;
  /** It was heard just now. */
  struck(): void;
}

export class AlarmSound {
  #audio: AudioContext | null = null;
  #timer: ReturnType<typeof setInterval> | null = null;
  #urgency: Urgency = 'alarm';
  #lastProof: { readonly wallMs: number; readonly audioSeconds: number; readonly sound: SoundProof } | null =
    null;
  readonly #listener: AlarmSoundListener;

  constructor(listener: AlarmSoundListener) {
    this.#listener = listener;
  }

  /** Asks the browser whether we may be heard; to be called at the start and from the unlock button. */
  async unlock(): Promise<boolean> {
    this.#audio ??= this.#open();
    // Chromium leaves resume() pending for ever until somebody touches the page: the state is what counts.
    void this.#audio.resume();
    await new Promise((resolve) => setTimeout(resolve, 150));
    const open = this.#audio.state === 'running';
    this.#listener.audible(open);
    return open;
  }

  #open(): AudioContext {
    const audio = new AudioContext();
    audio.addEventListener('statechange', () => {
      // A context that is being closed says nothing about the browser.
      if (audio.state !== 'closed') this.#listener.audible(audio.state === 'running');
    });
    return audio;
  }

  /** Whether this tab can be heard: the context runs, and its clock moves with the wall's. An amplifier that is off, nobody knows. */
  proof(): SoundProof {
    const audio = this.#audio;
    if (audio === null || audio.state !== 'running') return 'blocked';
    const now = { wallMs: performance.now(), audioSeconds: audio.currentTime };
    const before = this.#lastProof;
    if (before !== null && now.wallMs - before.wallMs < PROOF_LEAST_MS) return before.sound;
    const wallSeconds = before === null ? 0 : (now.wallMs - before.wallMs) / 1000;
    const moved = before === null ? 0 : now.audioSeconds - before.audioSeconds;
    const sound: SoundProof = moved < wallSeconds / 2 ? 'stalled' : 'running';
    this.#lastProof = { ...now, sound };
    return sound;
  }

  strike(urgency: Urgency = 'alarm'): void {
    const audio = this.#audio;
    if (audio === null || audio.state !== 'running') {
      this.#listener.audible(false);
      return;
    }
    for (const { after, frequency } of urgency === 'alarm' ? STRIKES : ATTENTION)
      ring(audio, audio.currentTime + after, frequency);
    this.#listener.struck();
  }

  /** Rings at once and then again and again until `stop`. */
  start(urgency: Urgency): void {
    if (this.#timer !== null && this.#urgency === urgency) return;
    this.stop();
    this.#urgency = urgency;
    this.strike(urgency);
    this.#timer = setInterval(() => this.strike(urgency), ROUND_SECONDS[urgency] * 1000);
  }

  stop(): void {
    if (this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  close(): void {
    this.stop();
    void this.#audio?.close();
    this.#audio = null;
  }
}

function ring(audio: AudioContext, at: number, frequency: number): void {
  for (const { ratio, level } of PARTIALS) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.type = ratio === 1 ? 'triangle' : 'sine';
    tone.frequency.value = frequency * ratio;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(level, at + 0.008);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.6 / ratio + 0.15);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.8);
  }
}
