import type {
  AnyEntry,
  DeclarationState,
  DeclaredFacts,
  FacilityState,
  FirePlanState,
  InspectionState,
  PlanState,
  SelfInspectionState,
} from '@keng/model';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, request, trusted } from './client.ts';
import { type CountryFacts, useCountryFacts } from './country-facts.ts';
import type { Names } from './queries.ts';

/*
 * Drawings, the own fire plan, inspections, declarations and duplicates of facilities. All of one facility lie under one
 * key, so that whatever is done with one of them is seen at once.
 */
const keyOf = (facility: string, what: string) => ['facility-safety', facility, what] as const;

interface DutyWord {
  readonly code: string;
  readonly names: Names;
}

export interface FacilityDuties {
  readonly rules: readonly { readonly code: string; readonly value: number }[];
  readonly forms: { readonly selfInspection: string; readonly firePlan: string };
  readonly checklist: readonly DutyWord[];
  readonly articles: readonly DutyWord[];
  readonly firePlan: readonly (DutyWord & { readonly group: string; readonly required: boolean })[];
}

/** What the country asks of facilities: its forms, checklist and articles. */
export function useDuties(): FacilityDuties | undefined {
  const { data } = useCountryFacts();
  return (data as (CountryFacts & { readonly facilityDuties?: FacilityDuties }) | undefined)?.facilityDuties;
}

export function usePlans(facility: string, wanted = true) {
  return useQuery({
    queryKey: keyOf(facility, 'plans'),
    queryFn: ({ signal }) =>
      get(`/facilities/${facility}/plans`, trusted<{ readonly plans: readonly PlanState[] }>(), signal),
    enabled: wanted,
  });
}

export const planUrl = (plan: PlanState): string =>
  `/api/facilities/${plan.facilityId}/plans/${plan.id}/file?${plan.file.sha256}`;

export function useFirePlans(facility: string) {
  return useQuery({
    queryKey: keyOf(facility, 'fire-plans'),
    queryFn: ({ signal }) =>
      get(
        `/facilities/${facility}/fire-plans`,
        trusted<{ readonly versions: readonly FirePlanState[] }>(),
        signal,
      ),
  });
}

export interface SelfInspections {
  readonly selfInspections: readonly SelfInspectionState[];
  readonly dueOn: string | null;
  readonly inspectionDueOn: string | null;
  readonly today: string;
}

export function useSelfInspections(facility: string) {
  return useQuery({
    queryKey: keyOf(facility, 'self-inspections'),
    queryFn: ({ signal }) =>
      get(`/facilities/${facility}/self-inspections`, trusted<SelfInspections>(), signal),
  });
}

export function useInspections(facility: string) {
  return useQuery({
    queryKey: keyOf(facility, 'inspections'),
    queryFn: ({ signal }) =>
      get(
        `/facilities/${facility}/inspections`,
        trusted<{ readonly inspections: readonly InspectionState[] }>(),
        signal,
      ),
  });
}

export function useDeclarations(facility: string) {
  return useQuery({
    queryKey: keyOf(facility, 'declarations'),
    queryFn: ({ signal }) =>
      get(
        `/facilities/${facility}/declarations`,
        trusted<{ readonly declarations: readonly DeclarationState[] }>(),
        signal,
      ),
  });
}

export function useHistory(facility: string) {
  return useInfiniteQuery({
    queryKey: keyOf(facility, 'history'),
    queryFn: ({ pageParam, signal }) =>
      get(
        `/facilities/${facility}/history${pageParam === null ? '' : `?before=${pageParam}`}`,
        trusted<{ readonly entries: readonly AnyEntry[]; readonly next: number | null }>(),
        signal,
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => last.next,
  });
}

export interface Upload {
  readonly name: string;
  readonly floor: string;
  readonly file: File;
  /** The drawing it takes the place of. */
  readonly replaces: string | null;
}

/** A change about a facility: everything known about it is asked again. */
function useFacilityChange<Input>(facility: string, send: (input: Input) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['facility-safety', facility] }),
        queries.invalidateQueries({ queryKey: ['facility', facility] }),
        queries.invalidateQueries({ queryKey: ['my-works'] }),
        queries.invalidateQueries({ queryKey: ['works'] }),
      ]),
  });
}

const nothing = trusted<unknown>();

export function useUploadPlan(facility: string) {
  return useFacilityChange(facility, ({ name, floor, file, replaces }: Upload) =>
    request(
      'POST',
      `/facilities/${facility}/plans${replaces === null ? '' : `/${replaces}/replace`}?${new URLSearchParams({
        name,
        floor,
        file: file.name.slice(0, 200),
      })}`,
      nothing,
      { raw: { content: file, type: 'application/octet-stream' }, patient: true },
    ),
  );
}

export function useFacilityPost(facility: string) {
  return useFacilityChange(facility, ({ path, body }: { readonly path: string; readonly body: unknown }) =>
    post(path, body, nothing),
  );
}

export const declare = (facility: string, facts: DeclaredFacts, note: string) => ({
  path: `/my/facilities/${facility}/declarations`,
  body: { facts, note },
});

export const OVERDUE_KINDS = ['finding', 'self-inspection', 'inspection'] as const;
export type OverdueKind = (typeof OVERDUE_KINDS)[number];

export interface OverdueItem {
  readonly id: string;
  readonly facilityId: string;
  readonly facilityName: string;
  readonly areaCode: string;
  readonly organisation: string;
  readonly category: string;
  readonly dueOn: string;
  readonly daysOverdue: number;
  readonly finding: string | null;
  readonly article: string | null;
}

export interface OverdueFilter {
  readonly kind: OverdueKind;
  readonly area: string | null;
  readonly category: string | null;
}

export function overdueQuery(filter: OverdueFilter): URLSearchParams {
  return new URLSearchParams({
    kind: filter.kind,
    ...(filter.area === null ? {} : { area: filter.area }),
    ...(filter.category === null ? {} : { category: filter.category }),
  });
}

export function useOverdue(filter: OverdueFilter) {
  return useInfiniteQuery({
    queryKey: ['overdue', filter],
    queryFn: ({ pageParam, signal }) => {
      const query = overdueQuery(filter);
      if (pageParam !== null) query.set('cursor', pageParam);
      return get(
        `/inspections/overdue?${query}`,
        trusted<{ readonly items: readonly OverdueItem[]; readonly next: string | null }>(),
        signal,
      );
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

export interface WaitingDeclaration {
  readonly declaration: DeclarationState;
  readonly facility: FacilityState;
}

export function useWaitingDeclarations(wanted: boolean) {
  return useQuery({
    queryKey: ['declarations'],
    queryFn: ({ signal }) =>
      get('/declarations', trusted<{ readonly declarations: readonly WaitingDeclaration[] }>(), signal),
    enabled: wanted,
    refetchInterval: 60_000,
  });
}

export interface DuplicateProposal {
  readonly points: number;
  readonly reasons: readonly {
    readonly code: string;
    readonly points: number;
    readonly value?: string;
    readonly percent?: number;
    readonly metres?: number;
  }[];
  readonly facilities: readonly [FacilityState, FacilityState];
}

export function useDuplicates(wanted: boolean) {
  return useInfiniteQuery({
    queryKey: ['duplicates'],
    queryFn: ({ pageParam, signal }) =>
      get(
        `/duplicates${pageParam === null ? '' : `?${new URLSearchParams({ after: pageParam })}`}`,
        trusted<{ readonly proposals: readonly DuplicateProposal[]; readonly next: string | null }>(),
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    enabled: wanted,
  });
}

/** Decisions of the review page. */
export function useReview() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ path, body }: { readonly path: string; readonly body: unknown }) =>
      post(path, body, nothing),
    onSuccess: () =>
      Promise.all(
        [['declarations'], ['duplicates'], ['facilities'], ['facility'], ['facility-safety']].map(
          (queryKey) => queries.invalidateQueries({ queryKey }),
        ),
      ),
  });
}
