/**
 * What Keng needs to know about a country. Another country is another folder that fills this interface:
 * the server and the console know only these types, never a national number or name.
 */
import type { Point } from './geometry.ts';
import type { Topology } from './topology.ts';

export const LANGUAGES = ['vi', 'en', 'ru', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];
/** One text in every language of the console; none may be empty. */
export type LocalText = Readonly<Record<Language, string>>;

/**
 * How strong a source is: `official` site or text; `press`; `vendor`, consultant or exam page; `weak` mirror or
 * forum; `recalled` from a standard that was not at hand; `configuration` when there is no source at all.
 */
export const STRENGTHS = ['official', 'press', 'vendor', 'weak', 'recalled', 'configuration'] as const;
export type Strength = (typeof STRENGTHS)[number];

/** Stands beside every fact. */
export interface Sourced {
  /** True only when an official text of this country in force sets the fact; everything else may be changed. */
  readonly official: boolean;
  /** Where it comes from, in words. */
  readonly source: LocalText;
  /** Its key in sources.json: what the log keeps. A key is never removed or given to another source. */
  readonly sourceCode: string;
  readonly sourceUrl?: string;
  readonly strength: Strength;
  /** What is not known or was chosen by us; always present when `official` is false. */
  readonly note?: string;
}

export interface Source {
  readonly code: string;
  readonly title: LocalText;
  readonly url?: string;
  readonly strength: Strength;
}

export interface Named extends Sourced {
  readonly code: string;
  readonly names: LocalText;
}

export type AreaKind = 'city' | 'province' | 'special-zone';

export interface MultiPolygonGeometry {
  readonly type: 'MultiPolygon';
  /** RFC 7946: longitude first, outer rings counter-clockwise. d3-geo wants the reverse; MapLibre takes either. */
  readonly coordinates: readonly (readonly (readonly Point[])[])[];
}

export interface Area extends Named {
  readonly kind: AreaKind;
  /** The province the area belongs to; for a province its own code. */
  readonly province: string;
  /** Where its name stands; for a province inside its largest polygon. */
  readonly labelPoint: Point;
  /** West, south, east, north in degrees; a province without its special zones. */
  readonly bounds: readonly [number, number, number, number];
  /** True when the outline is a drawing, not a survey. */
  readonly schematic: boolean;
  /** Where the outline is known to be wrong, and by how much. */
  readonly outlineNote?: string;
  readonly formerProvinces: readonly string[];
  readonly geometry: MultiPolygonGeometry;
}

export interface Areas {
  readonly provinces: readonly Area[];
  readonly specialZones: readonly Area[];
  /** The TopoJSON as shipped (objects `provinces` and `specialZones`), to hand to a browser. */
  readonly topology: Topology;
}

export type Level = 'national' | 'province' | 'station';

export interface Organisation extends Named {
  readonly level: Level;
  readonly parent: string | null;
  /** Province code, null for the national desk. */
  readonly province: string | null;
}

export interface Timer extends Named {
  readonly seconds: number;
  /** `clock`: the program acts on it. `comparison`: a published figure to compare measured times with. */
  readonly use: 'clock' | 'comparison';
  /** Other seconds for a category of use or a province; a category goes before a province. */
  readonly byCategory: Readonly<Record<string, number>>;
  readonly byProvince: Readonly<Record<string, number>>;
}

export interface Limit extends Sourced {
  readonly code: string;
  readonly value: number;
  readonly unit: string;
}

export interface Category extends Named {
  /** A fire alarm of this category sounds at the national desk too. */
  readonly nationalSounds: boolean;
}

/** How soon the silence of a transmitter must be noticed, by a standard. */
export interface SupervisionCategory extends Named {
  readonly paths: 1 | 2;
  /** Reporting time of the only or primary path. */
  readonly seconds: number;
  /** Of the alternative path while the primary works; null with one path. */
  readonly alternativeSeconds: number | null;
}

export interface FirstMeasure extends Sourced {
  readonly code: string;
  readonly texts: LocalText;
  /** Read out only for these categories; absent for all. */
  readonly categories?: readonly string[];
}

export interface FirstDispatch extends Sourced {
  /** Category code, or `*` for every category without a line of its own. */
  readonly category: string;
  readonly resources: readonly { readonly kind: string; readonly count: number }[];
}

/** A heading of the facility's own plan. */
export interface FirePlanHeading extends Named {
  readonly group: 'identity' | 'hazards' | 'forces' | 'scenarios';
  readonly required: boolean;
}

/** What a facility owes: its own inspections and plan, the inspections of the police, and the articles findings rest on. */
export interface FacilityDuties {
  /** self-inspection.months, inspection.months, finding.days. */
  readonly rules: readonly Limit[];
  /** Names of the national forms. */
  readonly forms: { readonly selfInspection: string; readonly firePlan: string };
  readonly checklist: readonly Named[];
  readonly articles: readonly Named[];
  readonly firePlan: readonly FirePlanHeading[];
}

export interface EmergencyNumber extends Named {
  readonly number: string;
}

export interface DutyRule extends Sourced {
  readonly level: Level;
  readonly code: string;
  readonly minimumOfficers: number;
  readonly texts: LocalText;
}

/** Who must be on a shift: the leader, and so many officers beside. */
export interface CrewRule extends Sourced {
  readonly level: Level;
  readonly code: string;
  readonly officers: number;
  readonly texts: LocalText;
}

export interface ShiftStart extends Named {
  /** Time of day in the country, `HH:MM`. */
  readonly at: string;
}

export type SpokenLanguage = 'vi' | 'en';

export interface TelephoneTemplate extends Sourced {
  readonly code: string;
  readonly channel: 'voice' | 'sms';
  /** With placeholders {facility} {address} {zone} {time}. */
  readonly texts: Readonly<Record<SpokenLanguage, string>>;
}

export type TelephoneAnswer = 'real' | 'false' | 'checking' | 'repeat';

export interface Telephone extends Sourced {
  readonly keys: readonly { readonly key: string; readonly answer: TelephoneAnswer }[];
  readonly templates: readonly TelephoneTemplate[];
}

/** What e-mail and web push say, in every language of the console. */
export interface MessageTemplate extends Sourced {
  readonly code: string;
  /** Title of the notification, subject of the mail. With the placeholders of the telephone's templates. */
  readonly subjects: LocalText;
  readonly texts: LocalText;
}

export interface Words {
  readonly falseAlarmCauses: readonly Named[];
  readonly outcomes: readonly Named[];
  readonly ownerAnswers: readonly Named[];
  readonly levels: readonly Named[];
  readonly managingLevels: readonly Named[];
  readonly zoneKinds: readonly Named[];
  readonly waterSources: readonly Named[];
  readonly hazards: readonly Named[];
  readonly incidentWords: readonly Named[];
}

export interface Country extends Named {
  readonly languages: readonly Language[];
  readonly defaultLanguage: Language;
  /** IANA name. */
  readonly timeZone: string;
  readonly telephonePrefix: string;
}

/** Everything national. Each part is read from its file when first asked for, and checked then. */
export interface CountryPack {
  readonly country: Country;
  readonly sources: readonly Source[];
  readonly areas: Areas;
  readonly organisations: readonly Organisation[];
  readonly timers: readonly Timer[];
  readonly limits: readonly Limit[];
  readonly categories: readonly Category[];
  readonly supervisionCategories: readonly SupervisionCategory[];
  readonly firstMeasures: readonly FirstMeasure[];
  readonly firstDispatch: readonly FirstDispatch[];
  readonly resourceKinds: readonly Named[];
  readonly emergencyNumbers: readonly EmergencyNumber[];
  readonly dutyRules: readonly DutyRule[];
  readonly crewRules: readonly CrewRule[];
  readonly shiftStarts: readonly ShiftStart[];
  readonly forms: readonly Named[];
  readonly telephone: Telephone;
  readonly messages: readonly MessageTemplate[];
  readonly facilityDuties: FacilityDuties;
  readonly words: Words;
}
