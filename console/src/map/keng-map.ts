import 'maplibre-gl/dist/maplibre-gl.css';
import type { IncidentId } from '@keng/model';
import * as maplibregl from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { MapDiff } from '../worker/map-diff.ts';
import type { MapAreas } from './areas.ts';
import { DiffQueue } from './diff-queue.ts';
import { COMMUNE_ZOOM, LABEL_FONT, layers, mapStyle } from './map-style.ts';
import type { Palette } from './palette.ts';

// Under Vite the map stays blank unless it is told where its worker lies.
maplibregl.setWorkerUrl(workerUrl);

/** The whole country with both archipelagos, as one sees it when nothing is chosen. */
export const WHOLE_COUNTRY: [number, number, number, number] = [101.6, 6.2, 117.8, 23.8];
const CLOSE_ZOOM = 12;
/**
 * The first change is drawn at once, the next ones at most so often, and rarer where drawing takes long (a machine without a graphics
 * processor): grouping and drawing ten thousand points again for every tenth of a second of a storm would take the processor from the
 * queue beside it.
 */
const DIFF_PAUSE_MS = 500;
const MOST_DIFF_PAUSE_MS = 4_000;
/** Times that a drawing took, until the next one. */
const DIFF_PAUSE_SHARE = 6;

export interface KengMapOptions {
  readonly container: HTMLElement;
  readonly palette: Palette;
  readonly bounds: readonly [number, number, number, number];
  readonly onPick: (id: IncidentId) => void;
  /** A diff could not be applied: everything is wanted anew. */
  readonly onBroken: () => void;
}

/** Letters that labels use: asking for them loads the font's Vietnamese part before the first label is drawn. */
const SAMPLE = 'Đà Nẵng Hà Tĩnh Thừa Thiên Huế Hoàng Sa Trường Sa ỹ ợ';

/** Fetches the worker's code into the browser's cache: MapLibre itself does not try again when the line breaks there. */
export async function workerReady(): Promise<void> {
  const response = await fetch(workerUrl);
  if (!response.ok) throw new TypeError(`the map's worker: HTTP ${response.status}`);
  await response.arrayBuffer();
}

export async function fontsReady(): Promise<void> {
  await globalThis.document.fonts.load(`14px "${LABEL_FONT}"`, SAMPLE);
}

/** The map without React: features come as diffs and go straight to the map's worker. */
export class KengMap {
  readonly #map: maplibregl.Map;
  readonly #diffs = new DiffQueue();
  readonly #options: KengMapOptions;
  readonly #loaded: Promise<void>;
  #applying = false;
  #isLoaded = false;

  constructor(options: KengMapOptions) {
    this.#options = options;
    const [west, south, east, north] = options.bounds;
    this.#map = new maplibregl.Map({
      container: options.container,
      style: mapStyle(options.palette),
      bounds: [west, south, east, north],
      fitBoundsOptions: { padding: 24 },
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      maxZoom: 17,
      minZoom: 3,
      // Labels that fade in and out draw the whole map again twenty times for each change.
      fadeDuration: 0,
    });
    this.#map.touchZoomRotate.disableRotation();
    this.#map.addControl(new maplibregl.NavigationControl({ showCompass: false }), 'bottom-right');
    this.#map.addControl(new maplibregl.ScaleControl({ unit: 'metric' }), 'bottom-left');
    this.#loaded = new Promise((resolve) => this.#map.once('load', () => resolve()));
    void this.#loaded.then(() => {
      this.#isLoaded = true;
      void this.#drain();
    });
    this.#listen();
  }

  get loaded(): Promise<void> {
    return this.#loaded;
  }

  /** For measurements of frames while panning, and for tests. */
  get raw(): maplibregl.Map {
    return this.#map;
  }

  async setAreas(areas: MapAreas): Promise<void> {
    await this.#loaded;
    this.#source('areas').setData(areas.outlines);
    this.#source('area-labels').setData(areas.labels);
  }

  async setPalette(palette: Palette): Promise<void> {
    await this.#loaded;
    for (const layer of layers(palette)) {
      // The names are those of this very layer's paint: the compiler loses that in Object.entries.
      const paint = Object.entries(layer.paint ?? {}) as [
        Parameters<maplibregl.Map['setPaintProperty']>[1],
        unknown,
      ][];
      for (const [name, value] of paint) this.#map.setPaintProperty(layer.id, name, value as never);
    }
  }

  push(diff: MapDiff): void {
    this.#diffs.push(diff);
    void this.#drain();
  }

  async setLayer(name: 'facilities' | 'communes', url: string | null): Promise<void> {
    await this.#loaded;
    this.#source(name).setData(url ?? { type: 'FeatureCollection', features: [] });
  }

  /** Tells each time that the map has been moved or zoomed to where communes are drawn, until it is told to stop. */
  onNear(listener: () => void): () => void {
    const look = () => {
      if (this.#map.getZoom() >= COMMUNE_ZOOM) listener();
    };
    this.#map.on('moveend', look);
    void this.#loaded.then(look);
    return () => this.#map.off('moveend', look);
  }

  /** Rings the open incident, and goes near where the map is too far away to tell one building from the next. */
  async select(position: readonly [number, number] | null): Promise<void> {
    await this.#loaded;
    const features: GeoJSON.Feature[] =
      position === null
        ? []
        : [{ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [...position] } }];
    this.#source('selected').setData({ type: 'FeatureCollection', features });
    if (position === null) return;
    const zoom = Math.max(this.#map.getZoom(), CLOSE_ZOOM);
    this.#map.easeTo({ center: [position[0], position[1]], zoom, duration: 500 });
  }

  fit([west, south, east, north]: readonly [number, number, number, number]): void {
    this.#map.fitBounds([west, south, east, north], { padding: 24, duration: 500 });
  }

  resize(): void {
    this.#map.resize();
  }

  remove(): void {
    this.#map.remove();
  }

  #source(name: string): maplibregl.GeoJSONSource {
    const source = this.#map.getSource(name);
    if (!(source instanceof maplibregl.GeoJSONSource))
      throw new Error(`the map style has no GeoJSON source ${name}`);
    return source;
  }

  async #drain(): Promise<void> {
    if (this.#applying || !this.#isLoaded) return;
    this.#applying = true;
    try {
      for (let diff = this.#diffs.take(); diff !== null; diff = this.#diffs.take()) {
        const startMs = performance.now();
        await this.#source('incidents').updateData(diff);
        // A page that nobody sees draws nothing, and waits no longer than the longest pause.
        await Promise.race([this.#drawn(), pause(MOST_DIFF_PAUSE_MS)]);
        const restMs = (performance.now() - startMs) * DIFF_PAUSE_SHARE;
        await pause(Math.min(MOST_DIFF_PAUSE_MS, Math.max(DIFF_PAUSE_MS, restMs)));
      }
    } catch (error) {
      globalThis.console.error('a map diff could not be applied; everything is asked for again', error);
      this.#options.onBroken();
    } finally {
      this.#applying = false;
    }
  }

  async #drawn(): Promise<void> {
    await new Promise<void>((resolve) => this.#map.once('idle', () => resolve()));
  }

  #listen(): void {
    this.#map.on('click', 'incidents', (event) => {
      const id = event.features?.[0]?.properties.id;
      // Our own feature: see toFeature.
      if (typeof id === 'string') this.#options.onPick(id as IncidentId);
    });
    for (const [layer, source] of [
      ['incident-clusters', 'incidents'],
      ['facility-clusters', 'facilities'],
    ] as const) {
      this.#map.on('click', layer, (event) => void this.#openCluster(source, event));
    }
    for (const layer of ['incidents', 'incident-clusters', 'facility-clusters']) {
      this.#map.on('mouseenter', layer, () => this.#point(true));
      this.#map.on('mouseleave', layer, () => this.#point(false));
    }
  }

  #point(on: boolean): void {
    this.#map.getCanvas().style.cursor = on ? 'pointer' : '';
  }

  async #openCluster(source: string, event: maplibregl.MapLayerMouseEvent): Promise<void> {
    const cluster = event.features?.[0];
    if (cluster?.geometry.type !== 'Point') return;
    const [lon = 0, lat = 0] = cluster.geometry.coordinates;
    const zoom = await this.#source(source).getClusterExpansionZoom(Number(cluster.properties.cluster_id));
    this.#map.easeTo({ center: [lon, lat], zoom: zoom + 0.2, duration: 400 });
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
