/** Texts that come many times, as small numbers: a million transmitters have a few hundred organisations. 0 is null. */
export class Names {
  readonly #names: (string | null)[] = [null];
  readonly #numbers = new Map<string, number>();

  number(name: string | null): number {
    if (name === null) return 0;
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#names.length;
    this.#names.push(name);
    this.#numbers.set(name, number);
    return number;
  }

  name(number: number): string | null {
    return this.#names[number] ?? null;
  }
}

/** What is known of each member of the book, in typed arrays that grow together. */
export class LinkColumns {
  heardSecond = new Uint32Array(0);
  heardTick = new Uint32Array(0);
  reporting = new Uint32Array(0);
  organisation = new Uint32Array(0);
  area = new Uint16Array(0);
  carrier = new Uint16Array(0);
  outage = new Uint16Array(0);
  /** The first path of a transmitter, the next path of a path; -1: none. */
  next = new Int32Array(0);
  receiver = new Uint8Array(0);
  path = new Uint8Array(0);
  medium = new Uint8Array(0);
  flags = new Uint8Array(0);

  /** Makes room for a member and forgets whoever stood there before. */
  clear(member: number): void {
    this.#makeRoom(member);
    const { heardSecond, heardTick, reporting, outage, receiver, path, flags } = this;
    for (const column of [heardSecond, heardTick, reporting, outage, receiver, path, flags])
      column[member] = 0;
    this.next[member] = -1;
  }

  #makeRoom(member: number): void {
    if (member < this.flags.length) return;
    const size = Math.max(1_024, member + 1, Math.ceil(this.flags.length * 1.5));
    this.heardSecond = grown(this.heardSecond, new Uint32Array(size));
    this.heardTick = grown(this.heardTick, new Uint32Array(size));
    this.reporting = grown(this.reporting, new Uint32Array(size));
    this.organisation = grown(this.organisation, new Uint32Array(size));
    this.area = grown(this.area, new Uint16Array(size));
    this.carrier = grown(this.carrier, new Uint16Array(size));
    this.outage = grown(this.outage, new Uint16Array(size));
    this.next = grown(this.next, new Int32Array(size));
    this.receiver = grown(this.receiver, new Uint8Array(size));
    this.path = grown(this.path, new Uint8Array(size));
    this.medium = grown(this.medium, new Uint8Array(size));
    this.flags = grown(this.flags, new Uint8Array(size));
  }
}

function grown<Column extends { set(from: Column): void }>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
