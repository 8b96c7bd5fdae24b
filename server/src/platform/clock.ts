/** What time it is in a world. An exercise has its own time; rules get it as an argument and never ask the database for it. */
export interface Clock {
  now(world: string): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that moves only when a test says so; each world apart. */
export class ManualClock implements Clock {
  readonly #start: number;
  readonly #times = new Map<string, number>();

  constructor(start: Date) {
    this.#start = start.getTime();
  }

  now(world: string): Date {
    return new Date(this.#times.get(world) ?? this.#start);
  }

  set(world: string, time: Date): void {
    this.#times.set(world, time.getTime());
  }

  advance(world: string, seconds: number): void {
    this.set(world, new Date(this.now(world).getTime() + seconds * 1000));
  }
}
