/** A level that an authority or a handbook names. Data, not law: each with its source. */
export interface Threshold {
  readonly level: number;
  readonly what: string;
}

export interface ThresholdList {
  readonly id: string;
  readonly unit: string;
  readonly source: string;
  readonly levels: readonly Threshold[];
}

export const thresholdLists: readonly ThresholdList[] = [
  {
    id: 'heat-russia',
    unit: 'kW/m²',
    source: 'GOST R 12.3.047-98; Order 404 (2009)',
    levels: [
      { level: 1.4, what: 'no harm without protection for any time' },
      { level: 4.2, what: 'safe in canvas clothing' },
      { level: 7, what: 'turnout gear, at most 5 minutes' },
      { level: 10.5, what: 'burns' },
    ],
  },
  {
    id: 'heat-api-521',
    unit: 'kW/m²',
    source: 'API 521 (2007)',
    levels: [
      { level: 1.58, what: 'continuous exposure of personnel' },
      { level: 4.73, what: 'a few minutes without shielding, with clothing' },
      { level: 6.31, what: 'up to 30 seconds without shielding, with clothing' },
      { level: 9.46, what: 'urgent action of a few seconds only' },
    ],
  },
  {
    id: 'pressure-order-404',
    unit: 'kPa',
    source: 'Order 404 (2009), RD 03-409-01: zones',
    levels: [
      { level: 2, what: 'glass broken' },
      { level: 5, what: 'light damage' },
      { level: 14, what: 'middle damage' },
      { level: 28, what: 'heavy damage' },
      { level: 70, what: 'complete destruction' },
    ],
  },
  {
    id: 'pressure-ccps',
    unit: 'kPa',
    source: 'CCPS damage list, as in selenized.github.io, 2021-01-09',
    levels: [
      { level: 1.03, what: 'typical pressure for breakage of glass' },
      { level: 6.9, what: 'partial demolition of houses' },
      { level: 13.8, what: 'walls of concrete or cinder blocks shattered' },
      { level: 20.7, what: 'steel frames distorted and pulled off their foundations' },
      { level: 34.5, what: 'wooden utility poles snapped' },
      { level: 48.2, what: 'loaded train wagons overturned' },
      { level: 68.9, what: 'probable total destruction of buildings' },
    ],
  },
];

/** Operational intervention levels are configuration: they differ by country and edition. This is one edition. */
export const interventionLevels = {
  source: 'ARPANSA RPS G-3 (Australia), arpansa.gov.au',
  unit: 'µSv/h',
  oil1: 500,
  oil2First7Days: 50,
  oil2Later: 10,
  oil3: 1,
};
