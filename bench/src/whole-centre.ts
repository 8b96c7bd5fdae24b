import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type DemonstrationFacility, demonstrationData, vietNam } from '@keng/country-vn';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../e2e/browser.ts';
import { type ServingCentre, serveCentre } from '../../server/src/commands/centre-processes.ts';
import { loadDemonstration } from '../../server/src/demonstration/index.ts';
import {
  type DatabaseAddress,
  loadSettings,
  openPool,
  type Pool,
  processRoles,
  setLogLevel,
  systemClock,
} from '../../server/src/platform/index.ts';

const SEED = 34;
const PROVINCES = vietNam.areas.provinces.map((one) => one.code);

/** A whole centre with its processes as in production, in a folder that is thrown away, and if asked a browser in front of it. */
export class WholeCentre {
  readonly url: string;
  readonly dc09Tcp: number;
  /** NaN without `udp`. */
  readonly dc09Udp: number;
  readonly #folder: string;
  readonly #centre: ServingCentre;
  readonly #password: string;
  readonly #pools: Pool[] = [];
  #browser: Browser | null = null;

  private constructor(folder: string, centre: ServingCentre, password: string) {
    this.#folder = folder;
    this.#centre = centre;
    this.#password = password;
    this.url = `http://${centre.listening.http}`;
    this.dc09Tcp = Number(centre.listening.dc09Tcp?.split(':').at(-1));
    this.dc09Udp = Number(centre.listening.dc09Udp?.split(':').at(-1));
  }

  /** Without facilities: they come with `register`, or `prepare` puts them into the database before anything looks at it. */
  static async start(options: {
    readonly sender: boolean;
    readonly udp?: boolean;
    readonly prepare?: (address: DatabaseAddress) => Promise<void>;
  }): Promise<WholeCentre> {
    setLogLevel('error');
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-bench-'));
    // The database may run as another user, which has to pass through here.
    fs.chmodSync(folder, 0o711);
    const settings = loadSettings({
      flags: {},
      env: {
        KENG_DATA: path.join(folder, 'data'),
        KENG_HTTP: '127.0.0.1:0',
        KENG_DC09_TCP: '127.0.0.1:0',
        KENG_DC09_UDP: options.udp ? '127.0.0.1:0' : 'off',
        KENG_GB26875_TCP: 'off',
        KENG_ROLES: processRoles.filter((role) => role !== 'sender' || options.sender).join(','),
        KENG_LOG_LEVEL: 'error',
      },
    });
    const password = randomBytes(9).toString('base64url');
    const centre = await serveCentre({
      settings,
      env: {},
      progress: () => undefined,
      prepare: async (database, secrets) => {
        await load(database, secrets, password, 0);
        await options.prepare?.(database.address);
      },
    }).catch((error: unknown) => {
      fs.rmSync(folder, { recursive: true, force: true });
      throw error;
    });
    return new WholeCentre(folder, centre, password);
  }

  /** Process numbers of the centre's parts by their roles, to tell where the time goes. */
  get pids(): Readonly<Record<string, number | undefined>> {
    return { ...Object.fromEntries(this.#centre.childPids()), postgres: this.#centre.database.server?.pid };
  }

  /** Facilities in all provinces, with three contacts each; may be called once. */
  async register(count: number): Promise<readonly DemonstrationFacility[]> {
    const { database, secrets } = this.#centre;
    await load(database, secrets, this.#password, count);
    return demonstrationData({ seed: SEED, facilities: count, provinces: PROVINCES }).facilities;
  }

  pool(role: 'keng_core' | 'keng_receiver' | 'keng_auditor'): Pool {
    const pool = openPool({
      address: this.#centre.database.address,
      role,
      applicationName: 'bench',
      max: 4,
    });
    this.#pools.push(pool);
    return pool;
  }

  /** A desk of the whole country, logged in; nothing is open yet but the page asked for. */
  async open(address: string, prepare?: (page: Page) => Promise<void>): Promise<Page> {
    this.#browser ??= await launchBrowser();
    const context = await this.#browser.newContext({ viewport: { width: 1600, height: 1000 } });
    context.setDefaultTimeout(120_000);
    await context.addInitScript(() => localStorage.setItem('keng.language', 'en'));
    // tsx marks the names of inner functions with a helper that does not exist in the page.
    await context.addInitScript('globalThis.__name = (named) => named;');
    const page = await context.newPage();
    await page.request.post(`${this.url}/api/session`, {
      data: { login: 'national', password: this.#password },
    });
    await prepare?.(page);
    await page.goto(`${this.url}${address}`, { waitUntil: 'commit' });
    return page;
  }

  /** The cookie of a desk of the whole country that is logged in. */
  async logIn(): Promise<string> {
    const answer = await fetch(`${this.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'national', password: this.#password }),
    });
    if (!answer.ok) throw new Error(`the log-in was answered with ${answer.status}`);
    return answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  }

  async remove(): Promise<void> {
    await this.#browser?.close();
    await Promise.all(this.#pools.map((pool) => pool.end()));
    await this.#centre.stop();
    fs.rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function load(
  { address }: ServingCentre['database'],
  secrets: ServingCentre['secrets'],
  password: string,
  facilities: number,
): Promise<void> {
  await loadDemonstration({
    address,
    secrets,
    clock: systemClock,
    password,
    seed: SEED,
    facilities,
    provinces: PROVINCES,
    progress: () => undefined,
  });
}
