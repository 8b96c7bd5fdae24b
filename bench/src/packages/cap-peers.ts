import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

// cap-ts needs tslib and does not say so.
const NPM_PEERS = [
  '@dec112/cap-ts@0.3.2',
  'tslib@2',
  'xml-crypto@6.3.2',
  '@turf/boolean-point-in-polygon@7.3.0',
];
/** Debian's own Python, for which its packages are. */
const PYTHON = '/usr/bin/python3';

/** Peers that a bench installs for itself, in a folder that is thrown away. */
export class CapPeers {
  readonly #folder: string;
  readonly #require: NodeJS.Require;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#require = createRequire(path.join(folder, 'peers.cjs'));
  }

  static install(say: (text: string) => void): CapPeers {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-bench-cap-'));
    say(`installing ${NPM_PEERS.join(', ')}`);
    fs.writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
    execFileSync(
      'npm',
      ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--silent', ...NPM_PEERS],
      {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    return new CapPeers(folder);
  }

  load<Module>(name: string): Module {
    return this.#require(name) as Module;
  }

  /** Whether Debian's Python has a module; as root it is installed. */
  hasPython(module: string, say: (text: string) => void): boolean {
    const has = (): boolean => spawnSync(PYTHON, ['-c', `import ${module}`]).status === 0;
    if (has()) return true;
    say(`installing the Debian package python3-${module}`);
    spawnSync('apt-get', ['install', '-y', `python3-${module}`], { stdio: 'ignore' });
    return has();
  }

  /** Runs a script that prints one number. */
  python(script: string, files: Readonly<Record<string, Uint8Array | string>>): number {
    for (const [name, content] of Object.entries(files))
      fs.writeFileSync(path.join(this.#folder, name), content);
    return Number(execFileSync(PYTHON, ['-c', script], { cwd: this.#folder, encoding: 'utf8' }));
  }

  remove(): void {
    fs.rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Alerts a second of processor time: bytes to a dictionary. */
export const LXML = `
import time
from lxml import etree
data = open('alert.xml', 'rb').read()
def walk(element):
    out = {}
    for child in element:
        name = etree.QName(child).localname
        out.setdefault(name, []).append(walk(child) if len(child) else child.text)
    return out
best = 0
for turn in range(5):
    start = time.process_time()
    for index in range(1500):
        walk(etree.fromstring(data))
    best = max(best, 1500 / (time.process_time() - start))
print(best)
`;

/** Searches a second of processor time: a box, then the polygon. Debian 12 has Shapely 1.8, later ones 2. */
export const SHAPELY = `
import time, numpy, shapely
from shapely.geometry import Polygon
points = numpy.fromfile('points.bin').reshape(-1, 2)
ring = numpy.fromfile('ring.bin').reshape(-1, 2)
y, x = points[:, 0].copy(), points[:, 1].copy()
polygon = Polygon(ring[:, ::-1])
if hasattr(shapely, 'contains_xy'):
    shapely.prepare(polygon)
    contains = shapely.contains_xy
else:
    import shapely.vectorized
    contains = shapely.vectorized.contains
south, west, north, east = ring[:, 0].min(), ring[:, 1].min(), ring[:, 0].max(), ring[:, 1].max()
best = 0
for turn in range(7):
    start = time.process_time()
    near = numpy.flatnonzero((y >= south) & (y <= north) & (x >= west) & (x <= east))
    hits = near[contains(polygon, x[near], y[near])]
    best = max(best, 1 / (time.process_time() - start))
print(best)
`;
