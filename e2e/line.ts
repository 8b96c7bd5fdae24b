import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** The line between a browser and the centre, which a test can go out of and come back to. */
export class Line {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly url: string;
  #dead = false;

  private constructor(server: Server, url: string) {
    this.#server = server;
    this.url = url;
  }

  /** @param to address of the centre, http://HOST:PORT */
  static async open(to: string): Promise<Line> {
    const target = new URL(to);
    const server = createServer({ pauseOnConnect: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const line = new Line(server, `http://127.0.0.1:${port}`);
    server.on('connection', (near) => line.#join(near, target));
    return line;
  }

  /** As a bad radio link goes: no connection is closed, nothing arrives any more on either side. */
  goSilent(): void {
    this.#dead = true;
    for (const socket of this.#sockets) socket.pause();
  }

  /** The old connections are lost for good; new ones pass. */
  comeBack(): void {
    this.#dead = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(near: Socket, target: URL): void {
    this.#keep(near);
    if (this.#dead) return;
    const far = connect(Number(target.port), target.hostname);
    this.#keep(far);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      // Not pipe(): it would start a paused socket again by itself.
      from.on('data', (bytes) => to.write(bytes));
      from.on('close', () => to.destroy());
    }
    near.resume();
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    // A broken line is what this is for.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
  }
}
