import { useQuery } from '@tanstack/react-query';
import { get, trusted } from './client.ts';
import { localName, type Names } from './queries.ts';

interface Named {
  readonly code: string;
  readonly names: Names;
}

/** What registers and forms need of the country pack, beyond what the desk does. */
export interface CountryFacts {
  readonly provinces: readonly (Named & { readonly bounds?: readonly [number, number, number, number] })[];
  readonly categories: readonly Named[];
  readonly supervisionCategories: readonly (Named & { readonly seconds: number; readonly source: Names })[];
  readonly emergencyNumbers: readonly (Named & { readonly number: string })[];
  /** Absent at a centre of before. */
  readonly forms?: readonly (Named & { readonly sourceCode: string })[];
  readonly sources: readonly { readonly code: string; readonly title: Names }[];
  readonly limits: readonly { readonly code: string; readonly value: number; readonly unit: string }[];
  readonly words: {
    readonly hazards: readonly Named[];
    readonly zoneKinds: readonly Named[];
    readonly waterSources: readonly Named[];
  };
}

export function useCountryFacts() {
  return useQuery({
    queryKey: ['country-facts'],
    queryFn: ({ signal }) => get('/country', trusted<CountryFacts>(), signal),
    staleTime: 3_600_000,
    gcTime: Number.POSITIVE_INFINITY,
  });
}

/** The name of a code among named things, or the code itself: never nothing. */
export function nameAmong(list: readonly Named[] | undefined, code: string): string {
  const found = list?.find((one) => one.code === code);
  return found ? localName(found.names) : code;
}

export function useProvinceName(): (code: string) => string {
  const { data } = useCountryFacts();
  return (code) => nameAmong(data?.provinces, code);
}

export function useHazardName(): (code: string) => string {
  const { data } = useCountryFacts();
  return (code) => nameAmong(data?.words.hazards, code);
}

/** The title of a source in the language of the reader. Entries of before hold words instead of a code: shown as they are. */
export function useSourceTitle(): (code: string) => string {
  const { data } = useCountryFacts();
  return (code) => {
    const found = data?.sources.find((one) => one.code === code);
    return found ? localName(found.title) : code;
  };
}
