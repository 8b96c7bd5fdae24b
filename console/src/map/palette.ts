/** The map's colours are those of the screen: read from the same variables, so that both themes stay one design. */
export interface Palette {
  readonly sea: string;
  readonly land: string;
  readonly edge: string;
  readonly text: string;
  readonly halo: string;
  readonly fire: string;
  readonly working: string;
  readonly facility: string;
  readonly ink: string;
}

export function readPalette(): Palette {
  const style = getComputedStyle(globalThis.document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    sea: read('--k-map-sea'),
    land: read('--k-map-land'),
    edge: read('--k-map-edge'),
    text: read('--k-map-text'),
    halo: read('--k-map-sea'),
    fire: read('--k-fire'),
    working: read('--k-accent'),
    facility: read('--k-line-strong'),
    ink: read('--k-ground'),
  };
}
