import type { Place } from '../observation.ts';
import type { Area, Station } from './place.ts';
import type { Attributes, RuleTable } from './rules.ts';

export type Locate = (longitude: number, latitude: number) => readonly string[];

/** What a table is asked for: an area, or a station that speaks for it. */
export interface Site {
  readonly id: string;
  readonly attributes: Attributes;
  readonly open: Readonly<Record<string, string>>;
  /** The nearest first. */
  readonly places: readonly string[];
  readonly isStation: boolean;
  /** One a table: sites with the same attributes have the same one. */
  readonly signatures: readonly number[];
}

export interface Placed {
  readonly id: string;
  readonly site: Site;
  readonly stations: readonly Site[];
}

/** The areas with their stations as tables ask for them, and which of them a place means. */
export class Sites {
  readonly areas: readonly Placed[];
  readonly #tables: readonly RuleTable[];
  /** Place -> positions in `areas`. */
  readonly #touched = new Map<string, number[]>();
  readonly #stationIds = new Set<string>();
  readonly #signatures: readonly Map<string, number>[];

  constructor(tables: readonly RuleTable[], areas: readonly Area[], stations: readonly Station[]) {
    this.#tables = tables;
    this.#signatures = tables.map(() => new Map());
    const stationsOf = new Map<string, Station[]>();
    for (const station of stations) {
      this.#stationIds.add(station.id);
      for (const area of station.areas) stationsOf.set(area, [...(stationsOf.get(area) ?? []), station]);
    }
    this.areas = areas.map((area, at) => {
      const own = stationsOf.get(area.id) ?? [];
      for (const place of [area.id, ...area.within, ...own.map(({ id }) => id)]) {
        const touched = this.#touched.get(place) ?? [];
        touched.push(at);
        this.#touched.set(place, touched);
      }
      return {
        id: area.id,
        site: this.#site(area, [area.id, ...area.within], false),
        stations: own.map((one) => this.#site(one, [one.id, area.id, ...area.within], true)),
      };
    });
  }

  #site(
    { id, attributes, open = {} }: Pick<Station, 'id' | 'attributes' | 'open'>,
    places: readonly string[],
    isStation: boolean,
  ): Site {
    return {
      id,
      attributes,
      open,
      places,
      isStation,
      signatures: this.#tables.map((table, at) => {
        const asked = Object.keys(table.attributes).map((name) => [
          attributes[name] ?? null,
          open[name] ?? null,
        ]);
        const text = JSON.stringify(isStation ? [id, asked] : asked);
        const known = this.#signatures[at] ?? new Map<string, number>();
        const signature = known.get(text) ?? known.size;
        known.set(text, signature);
        return signature;
      }),
    };
  }

  /** The places that are known here and that an observation speaks of. */
  placesOf(place: Place, locate: Locate | undefined): readonly string[] {
    if (place.kind === 'area') return this.#touched.has(place.area) ? [place.area] : [];
    if (place.kind === 'station' && this.#stationIds.has(place.station)) return [place.station];
    const { longitude, latitude } = place;
    if (longitude === undefined || latitude === undefined || !locate) return [];
    return locate(longitude, latitude).filter((area) => this.#touched.has(area));
  }

  /** Positions in `areas` of all for which one of these places speaks. */
  touchedBy(places: readonly string[]): ReadonlySet<number> {
    return new Set(places.flatMap((place) => this.#touched.get(place) ?? []));
  }
}
