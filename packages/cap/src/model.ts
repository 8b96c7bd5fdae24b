/** Latitude and longitude in degrees, WGS 84; in this order, as CAP writes them. */
export type Position = readonly [latitude: number, longitude: number];

/** A closed ring: the first position stands again at the end. Empty: it could not be read. */
export type Polygon = readonly Position[];

export interface Circle {
  readonly center: Position;
  /** Kilometres, 0 or more. */
  readonly radiusKm: number;
}

/** `valueName` says in which list `value` is a word. */
export interface CodedValue {
  readonly valueName: string;
  readonly value: string;
}

/** Another message; `sent` is null where the sender left it out (FMI does). */
export interface Reference {
  readonly sender: string;
  readonly identifier: string;
  readonly sent: string | null;
}

export interface Resource {
  readonly resourceDesc: string;
  readonly mimeType: string | null;
  /** Bytes. */
  readonly size: number | null;
  readonly uri: string | null;
  /** The content itself, base64. */
  readonly derefUri: string | null;
  /** SHA-1, hexadecimal. */
  readonly digest: string | null;
}

/** The union of its polygons, circles and geocodes. */
export interface Area {
  readonly areaDesc: string;
  readonly polygon: readonly Polygon[];
  readonly circle: readonly Circle[];
  readonly geocode: readonly CodedValue[];
  /** Feet above mean sea level, as CAP has it. */
  readonly altitude: number | null;
  readonly ceiling: number | null;
}

/** What the warning says in one language. */
export interface Info {
  /** null: not declared, which means en-US (CAP 1.2, 3.2.2). */
  readonly language: string | null;
  readonly category: readonly string[];
  readonly event: string;
  readonly responseType: readonly string[];
  readonly urgency: string;
  readonly severity: string;
  readonly certainty: string;
  readonly audience: string | null;
  readonly eventCode: readonly CodedValue[];
  readonly effective: string | null;
  readonly onset: string | null;
  readonly expires: string | null;
  readonly senderName: string | null;
  readonly headline: string | null;
  readonly description: string | null;
  readonly instruction: string | null;
  readonly web: string | null;
  readonly contact: string | null;
  readonly parameter: readonly CodedValue[];
  readonly resource: readonly Resource[];
  readonly area: readonly Area[];
}

/** A message of the Common Alerting Protocol. Texts are as they were written; '' where a required one is missing. */
export interface Alert {
  readonly identifier: string;
  readonly sender: string;
  /** With offset: `2026-09-10T14:05:00+07:00`. */
  readonly sent: string;
  readonly status: string;
  readonly msgType: string;
  readonly source: string | null;
  readonly scope: string | null;
  readonly restriction: string | null;
  readonly addresses: readonly string[];
  readonly code: readonly string[];
  readonly note: string | null;
  readonly references: readonly Reference[];
  readonly incidents: readonly string[];
  readonly info: readonly Info[];
}

export type CapVersion = '1.0' | '1.1' | '1.2';

/** The language of an info; CAP 1.2, 3.2.2: "If not present, an implicit default value of en-US SHALL be assumed". */
export function languageOf(info: Pick<Info, 'language'>): string {
  return info.language ?? 'en-US';
}
