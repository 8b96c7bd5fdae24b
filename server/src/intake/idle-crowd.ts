import net from 'node:net';

/** For tests: opens connections that say nothing, half a frame, or a byte now and then, and tells how many stand open. */
const [port, wanted] = process.argv.slice(2).map(Number);
const HALF = '\n0000003C"SIA-DCS"0001L0#1234[#1234|NFA';
let open = 0;

function connect(index: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = net.connect({ host: '127.0.0.1', port: port ?? 0 });
    socket.once('connect', () => {
      open += 1;
      if (index % 3 === 1) socket.write(HALF);
      if (index % 300 === 2) setInterval(() => socket.write('0'), 500);
      resolve();
    });
    // Turned away, or no more files: the crowd is as large as the system allows.
    socket.once('error', () => resolve());
  });
}

for (let index = 0; index < (wanted ?? 0); index += 200) {
  await Promise.all(Array.from({ length: 200 }, (_, more) => connect(index + more)));
}
process.send?.({ open });
