import { LEVELS, type Level } from '@keng/model';
import { useQuery } from '@tanstack/react-query';
import i18next from 'i18next';
import { z } from 'zod';
import { get } from './client.ts';

const names = z.object({ vi: z.string(), en: z.string(), ru: z.string(), zh: z.string() });
export type Names = z.infer<typeof names>;

const named = z.object({ code: z.string(), names });
const country = z.object({
  country: z.object({ timeZone: z.string() }).optional(),
  categories: z.array(named).default([]),
  resourceKinds: z.array(named).default([]),
  firstMeasures: z.array(z.object({ code: z.string(), texts: names })).default([]),
});

/** The server's organisations call their name `name`; a country pack's call it `names`. */
const organisation = z.object({
  code: z.string(),
  level: z.enum(LEVELS),
  parent: z.string().nullable(),
  name: names,
  areaCode: z.string().nullable().default(null),
  /** Longitude and latitude. */
  position: z.tuple([z.number(), z.number()]).nullable().default(null),
});
export type OrganisationItem = z.infer<typeof organisation>;
const organisations = z.object({ organisations: z.array(organisation) });

const FOR_THE_SHIFT = { staleTime: 3_600_000, gcTime: Number.POSITIVE_INFINITY } as const;

export function useCountry() {
  return useQuery({
    queryKey: ['country'],
    queryFn: ({ signal }) => get('/country', (json) => country.parse(json), signal),
    ...FOR_THE_SHIFT,
  });
}

export function useOrganisations() {
  return useQuery({
    queryKey: ['organisations'],
    queryFn: ({ signal }) => get('/organisations', (json) => organisations.parse(json).organisations, signal),
    ...FOR_THE_SHIFT,
  });
}

/** A name of the country pack in the language of the desk. */
export function localName(text: Names): string {
  const language = i18next.language;
  return language === 'en' || language === 'ru' || language === 'zh' ? text[language] : text.vi;
}

/** Name of a code, or the code itself while the list is not here: never nothing. */
export function useNameOf(list: 'categories' | 'resourceKinds'): (code: string) => string {
  const { data } = useCountry();
  return (code) => {
    const found = data?.[list].find((one) => one.code === code);
    return found ? localName(found.names) : code;
  };
}

export function useOrganisationName(): (code: string | null) => string {
  const { data } = useOrganisations();
  return (code) => {
    const found = data?.find((one) => one.code === code);
    return found ? localName(found.name) : (code ?? '');
  };
}

export function useLevelOf(code: string | null): Level | null {
  const { data } = useOrganisations();
  return data?.find((one) => one.code === code)?.level ?? null;
}
