import type {
  AnyEntry,
  Contact,
  DeviceState,
  FacilityBody,
  FacilityState,
  IncidentState,
  TransmitterId,
} from '@keng/model';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, request, trusted } from './client.ts';

/** One line of the register. */
export interface FacilityListItem {
  readonly id: string;
  readonly reference: string | null;
  readonly name: string;
  readonly address: string;
  readonly areaCode: string;
  readonly communeName: string | null;
  readonly category: string;
  readonly managingLevel: 'province' | 'commune';
  readonly organisation: string;
  readonly position: readonly [number, number] | null;
  readonly contacts: number;
  readonly transmitters: number;
  readonly synthetic: boolean;
}

interface FacilityPage {
  readonly facilities: readonly FacilityListItem[];
  readonly next: string | null;
}

/** `lastHeardAt`: any message counts; null: never. */
export interface DeviceHealth extends DeviceState {
  readonly lastHeardAt: string | null;
}

/** The whole facility, with the health of its transmitters where anything was ever heard of them. */
export interface FacilityView extends FacilityState {
  readonly revision?: number;
  readonly health?: readonly DeviceHealth[];
}

/** As the form sends it: ids only for what is there already. */
export type FacilityInput = Omit<FacilityBody, 'contacts' | 'transmitters'> & {
  readonly contacts: readonly (Omit<Contact, 'id'> & { readonly id?: string })[];
  readonly transmitters: readonly (Omit<FacilityBody['transmitters'][number], 'id' | 'encrypted'> & {
    readonly id?: string;
  })[];
};

export interface FacilityFilter {
  readonly search: string;
  readonly area: string | null;
  readonly category: string | null;
}

export function facilityQuery(filter: FacilityFilter, cursor: string | null, limit: number): string {
  const query = new URLSearchParams({ limit: String(limit) });
  if (filter.search.trim() !== '') query.set('search', filter.search.trim());
  if (filter.area !== null) query.set('area', filter.area);
  if (filter.category !== null) query.set('category', filter.category);
  if (cursor !== null) query.set('cursor', cursor);
  return `/facilities?${query}`;
}

const PAGE = 60;

export function useFacilities(filter: FacilityFilter) {
  return useInfiniteQuery({
    queryKey: ['facilities', filter],
    queryFn: ({ pageParam, signal }) =>
      get(facilityQuery(filter, pageParam, PAGE), trusted<FacilityPage>(), signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    // What was found stays while the next word is searched.
    placeholderData: (before) => before,
  });
}

export const facilityKey = (id: string) => ['facility', id] as const;

/** @param everyMs looked at again: not where somebody edits what was read */
export function useFacility(id: string | null, everyMs?: number) {
  return useQuery({
    queryKey: facilityKey(id ?? ''),
    queryFn: ({ signal }) => get(`/facilities/${id}`, trusted<FacilityView>(), signal),
    enabled: id !== null,
    refetchInterval: everyMs ?? false,
  });
}

interface SignalPage {
  readonly entries: readonly AnyEntry[];
  /** Signals from before may stand in archive files only; null: all are here. */
  readonly archivedBefore: string | null;
  readonly next?: number | null;
}

/** What its transmitters said, newest first. */
export function useFacilitySignals(id: string) {
  return useInfiniteQuery({
    queryKey: ['facility-signals', id],
    queryFn: ({ pageParam, signal }) =>
      get(
        `/facilities/${id}/signals${pageParam === null ? '' : `?before=${pageParam}`}`,
        trusted<SignalPage>(),
        signal,
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => last.next ?? null,
  });
}

interface IncidentPage {
  readonly incidents: readonly IncidentState[];
  /** Number of the last one: the page before it begins there. */
  readonly next: number | null;
}

/** What happened there before, newest first. */
export function useFacilityIncidents(id: string) {
  return useInfiniteQuery({
    queryKey: ['facility-incidents', id],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ facility: id, limit: '20' });
      if (pageParam !== null) query.set('before', String(pageParam));
      return get(`/incidents?${query}`, trusted<IncidentPage>(), signal);
    },
    initialPageParam: null as number | null,
    getNextPageParam: (last) => last.next,
  });
}

export interface SavingFacility {
  /** null: a new one. */
  readonly id: string | null;
  readonly revision: number | null;
  readonly input: FacilityInput;
}

export function useSaveFacility() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, revision, input }: SavingFacility) => {
      const body = revision === null ? input : { ...input, revision };
      return id === null
        ? post('/facilities', body, trusted<FacilityView>())
        : request('PUT', `/facilities/${id}`, trusted<FacilityView>(), { body });
    },
    onSuccess: (saved) => {
      queries.removeQueries({ queryKey: facilityKey(saved.id) });
      void queries.invalidateQueries({ queryKey: ['facilities'] });
    },
  });
}

export interface SettingKey {
  readonly facility: string;
  readonly transmitter: TransmitterId;
  readonly key: string | null;
  readonly form: 'ascii' | 'hex';
}

export interface MakingKey {
  readonly facility: string;
  readonly transmitter: TransmitterId;
  readonly bits: 128 | 192 | 256;
}

/** The centre makes up a key; what it answers is shown once and kept nowhere. */
export function useMakeKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ facility, transmitter, bits }: MakingKey) =>
      post(
        `/facilities/${facility}/transmitters/${transmitter}/key/make`,
        { bits },
        trusted<{ readonly key: string }>(),
      ),
    onSuccess: (_made, { facility }) => queries.invalidateQueries({ queryKey: facilityKey(facility) }),
    gcTime: 0,
  });
}

/** A key goes in and never comes back. */
export function useSetKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ facility, transmitter, key, form }: SettingKey) =>
      post(`/facilities/${facility}/transmitters/${transmitter}/key`, { key, form }, () => undefined),
    onSuccess: (_done, { facility }) => queries.invalidateQueries({ queryKey: facilityKey(facility) }),
  });
}
