import type { DemonstrationFacility } from '@keng/country-vn';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import { launchBrowser } from './browser.ts';
import { type Rig, startRig } from './rig.ts';

/** What journeys of the desk begin with: a demonstration centre, a browser, and the facilities of Hà Nội. */
export interface Scene {
  readonly rig: Rig;
  readonly browser: Browser;
  at(index: number): DemonstrationFacility;
  /** The panel of the facility reports a zone of this kind, and is acknowledged. */
  alarm(facility: DemonstrationFacility, kind?: 'smoke' | 'manual-call-point'): Promise<void>;
}

/** Sets the scene before the tests of a file and clears it away after them. Called once, above the tests. */
export function setScene(): Scene {
  // A browser that draws its map with the processor, beside whatever else the machine does.
  vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });
  let started: { readonly rig: Rig; readonly browser: Browser } | undefined;
  const set = () => {
    if (!started) throw new Error('the scene is set by beforeAll: ask for it inside a test');
    return started;
  };
  beforeAll(async () => {
    const [rig, browser] = await Promise.all([startRig(), launchBrowser()]);
    started = { rig, browser };
  });
  afterAll(async () => {
    await started?.browser.close();
    await started?.rig.remove();
  });
  return {
    get rig() {
      return set().rig;
    },
    get browser() {
      return set().browser;
    },
    at: (index) => {
      const facilities = set().rig.facilities.filter((one) => one.province === '01');
      const facility = facilities[index];
      if (!facility) throw new Error(`there are only ${facilities.length} facilities`);
      return facility;
    },
    alarm: async (facility, kind = 'smoke') => {
      const zone = facility.transmitters[0]?.zones.find((one) => one.kind === kind);
      if (!zone) throw new Error(`${facility.code} has no zone of kind ${kind}`);
      expect(await set().rig.panelOf(facility).send({ kind: 'alarm', zone })).toBe('ACK');
    },
  };
}
