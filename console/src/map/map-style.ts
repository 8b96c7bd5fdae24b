import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { Palette } from './palette.ts';

/** The family as the style sheet names it: without a glyph server MapLibre draws labels with the page's own fonts. */
export const LABEL_FONT = 'Noto Sans Variable';
const FONT: ['literal', string[]] = ['literal', [LABEL_FONT]];

/** Nearer than this the borders of communes are drawn, and loaded. */
export const COMMUNE_ZOOM = 8;

/** Nearer than this their names are. */
const COMMUNE_NAME_ZOOM = 10.5;

const EMPTY: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] };

export function mapStyle(palette: Palette): StyleSpecification {
  return {
    version: 8,
    sources: {
      areas: { type: 'geojson', data: EMPTY },
      'area-labels': { type: 'geojson', data: EMPTY },
      communes: { type: 'geojson', data: EMPTY },
      facilities: { type: 'geojson', data: EMPTY, cluster: true, clusterRadius: 44, clusterMaxZoom: 13 },
      incidents: {
        type: 'geojson',
        data: EMPTY,
        promoteId: 'id',
        cluster: true,
        clusterRadius: 36,
        clusterMaxZoom: 11,
        clusterProperties: {
          unaccepted: ['+', ['case', ['==', ['get', 'band'], 'working'], 0, 1]],
        },
      },
      selected: { type: 'geojson', data: EMPTY },
    },
    layers: layers(palette),
  };
}

/** Everything that is drawn, from the ground up. Called again with other colours when the theme changes. */
export function layers(palette: Palette): LayerSpecification[] {
  return [...ground(palette), ...facilities(palette), ...incidents(palette)];
}

function ground(palette: Palette): LayerSpecification[] {
  const { sea, land, edge } = palette;
  return [
    { id: 'sea', type: 'background', paint: { 'background-color': sea } },
    { id: 'land', type: 'fill', source: 'areas', paint: { 'fill-color': land, 'fill-antialias': true } },
    {
      id: 'communes',
      type: 'line',
      source: 'communes',
      minzoom: COMMUNE_ZOOM,
      paint: { 'line-color': edge, 'line-width': 0.5, 'line-opacity': 0.6 },
    },
    {
      id: 'area-edges',
      type: 'line',
      source: 'areas',
      paint: { 'line-color': edge, 'line-width': ['interpolate', ['linear'], ['zoom'], 4, 0.6, 9, 1.6] },
    },
    communeNames(palette),
    areaLabels('area-labels', false, palette),
    areaLabels('zone-labels', true, palette),
  ];
}

function communeNames({ text, halo }: Palette): LayerSpecification {
  return {
    id: 'commune-names',
    type: 'symbol',
    source: 'communes',
    minzoom: COMMUNE_NAME_ZOOM,
    filter: ['==', ['geometry-type'], 'Point'],
    layout: {
      'text-field': ['get', 'name'],
      'text-font': FONT,
      'text-size': ['interpolate', ['linear'], ['zoom'], COMMUNE_NAME_ZOOM, 10, 14, 13],
      'text-max-width': 7,
      'text-padding': 6,
    },
    paint: { 'text-color': text, 'text-opacity': 0.75, 'text-halo-color': halo, 'text-halo-width': 1 },
  };
}

/** The two special zones never give way to other labels. */
function areaLabels(id: string, zone: boolean, { text, halo }: Palette): LayerSpecification {
  return {
    id,
    type: 'symbol',
    source: 'area-labels',
    filter: ['==', ['get', 'zone'], zone],
    layout: {
      'text-field': ['get', 'name'],
      'text-font': FONT,
      'text-size': ['interpolate', ['linear'], ['zoom'], 4, zone ? 12 : 10, 8, 15],
      'text-max-width': 7,
      'text-padding': 3,
      'text-allow-overlap': zone,
      'text-ignore-placement': zone,
    },
    paint: { 'text-color': text, 'text-halo-color': halo, 'text-halo-width': 1.2 },
  };
}

function facilities({ facility, text, halo }: Palette): LayerSpecification[] {
  return [
    {
      id: 'facility-clusters',
      type: 'circle',
      source: 'facilities',
      filter: ['has', 'point_count'],
      paint: {
        'circle-color': facility,
        'circle-opacity': 0.35,
        'circle-radius': ['interpolate', ['linear'], ['log10', ['get', 'point_count']], 0, 6, 2, 12, 4, 22],
      },
    },
    {
      id: 'facility-counts',
      type: 'symbol',
      source: 'facilities',
      filter: ['has', 'point_count'],
      layout: {
        'text-field': ['get', 'point_count_abbreviated'],
        'text-font': FONT,
        'text-size': 10,
      },
      paint: { 'text-color': text, 'text-halo-color': halo, 'text-halo-width': 1 },
    },
    {
      id: 'facilities',
      type: 'circle',
      source: 'facilities',
      filter: ['!', ['has', 'point_count']],
      paint: {
        'circle-color': facility,
        'circle-radius': 3,
        'circle-stroke-color': halo,
        'circle-stroke-width': 1,
      },
    },
  ];
}

/** Unaccepted: a filled red disc with a ring, larger; worked on: a hollow one. The shape says it without the colour. */
function incidents({ fire, working, ink, text, halo }: Palette): LayerSpecification[] {
  return [
    {
      id: 'incident-clusters',
      type: 'circle',
      source: 'incidents',
      filter: ['has', 'point_count'],
      paint: {
        'circle-color': ['case', ['>', ['get', 'unaccepted'], 0], fire, ink],
        'circle-stroke-color': ['case', ['>', ['get', 'unaccepted'], 0], ink, working],
        'circle-stroke-width': 2,
        'circle-radius': ['interpolate', ['linear'], ['log10', ['get', 'point_count']], 0, 12, 1, 15, 3, 26],
      },
    },
    {
      id: 'incident-counts',
      type: 'symbol',
      source: 'incidents',
      filter: ['has', 'point_count'],
      layout: {
        'text-field': ['get', 'point_count_abbreviated'],
        'text-font': FONT,
        'text-size': 13,
        'text-allow-overlap': true,
      },
      paint: { 'text-color': ['case', ['>', ['get', 'unaccepted'], 0], ink, text] },
    },
    {
      id: 'incidents',
      type: 'circle',
      source: 'incidents',
      filter: ['!', ['has', 'point_count']],
      paint: {
        'circle-color': ['match', ['get', 'band'], 'working', ink, fire],
        'circle-stroke-color': ['match', ['get', 'band'], 'working', working, ink],
        'circle-stroke-width': ['match', ['get', 'band'], 'working', 3, 2],
        'circle-radius': ['match', ['get', 'band'], 'fire', 11, 'unaccepted', 9, 7],
      },
    },
    {
      id: 'incident-numbers',
      type: 'symbol',
      source: 'incidents',
      filter: ['!', ['has', 'point_count']],
      layout: {
        'text-field': ['to-string', ['get', 'number']],
        'text-font': FONT,
        'text-size': 12,
        'text-offset': [0, 1.9],
        'text-optional': true,
      },
      paint: { 'text-color': text, 'text-halo-color': halo, 'text-halo-width': 1.5 },
    },
    {
      id: 'selected',
      type: 'circle',
      source: 'selected',
      paint: {
        'circle-color': 'transparent',
        'circle-radius': 16,
        'circle-stroke-color': text,
        'circle-stroke-width': 2.5,
      },
    },
  ];
}
