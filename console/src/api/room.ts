import type {
  AnyEntry,
  DeskFault,
  DutyReport,
  FalseCause,
  Form01,
  HandoverCounts,
  HandoverKind,
  IncidentState,
  Level,
  LocalisedName,
  Officer,
  Outcome,
  PersonRef,
  Reception,
  ShiftState,
} from '@keng/model';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, trusted } from './client.ts';

export interface RoomView {
  readonly organisation: string;
  readonly level: Level;
  readonly shift: ShiftState | null;
  readonly previous: ShiftState | null;
  readonly pending: HandoverCounts;
  readonly rule: { readonly officers: number; readonly source: string; readonly official: boolean };
  readonly colleagues: readonly PersonRef[];
}

export interface PendingItem {
  readonly kind: HandoverKind;
  readonly id: string;
  readonly label: string;
  readonly place: string;
  readonly facilityId: string;
  readonly since: string;
  readonly until: string | null;
  readonly number: number | null;
}

const KEY = ['room'] as const;
const BEAT_MS = 20_000;

/** Who is on shift at one's own desk; null: one belongs to none. */
export function useRoom(allowed = true) {
  return useQuery({
    queryKey: [...KEY, 'shift'],
    queryFn: ({ signal }) => get('/shift', trusted<RoomView | null>(), signal),
    refetchInterval: BEAT_MS,
    enabled: allowed,
  });
}

export function useHandover(wanted: boolean) {
  return useQuery({
    queryKey: [...KEY, 'handover'],
    queryFn: ({ signal }) =>
      get('/shift/handover', trusted<{ items: readonly PendingItem[]; counts: HandoverCounts }>(), signal),
    refetchInterval: BEAT_MS,
    enabled: wanted,
  });
}

export interface DeskLine {
  readonly organisation: string;
  readonly leader: string | null;
  readonly officers: number;
  readonly faults: readonly { readonly fault: DeskFault; readonly since: string }[];
}

export function useRoomDesks() {
  return useQuery({
    queryKey: [...KEY, 'desks'],
    queryFn: ({ signal }) =>
      get('/room/desks', (json) => trusted<{ desks: readonly DeskLine[] }>()(json).desks, signal),
    refetchInterval: BEAT_MS,
  });
}

export type RoomAction =
  | { readonly name: 'start'; readonly officers: readonly Officer[]; readonly heard: boolean }
  | { readonly name: 'crew'; readonly officers: readonly Officer[] }
  | { readonly name: 'end' | 'sheet-printed' }
  | { readonly name: 'sign'; readonly id: string; readonly note: string | null }
  | { readonly name: 'sound-test'; readonly heard: boolean }
  | {
      readonly name: 'handover';
      readonly way: 'single' | 'list';
      readonly items: readonly { readonly kind: HandoverKind; readonly id: string }[];
    };

function send(action: RoomAction): Promise<RoomView> {
  const { name, ...body } = action;
  if (action.name === 'start') return post('/shift', body, trusted<RoomView>());
  if (action.name === 'sign')
    return post(`/shift/${action.id}/sign`, { note: action.note }, trusted<RoomView>());
  return post(`/shift/${name}`, body, trusted<RoomView>());
}

export function useRoomAction() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: (view) => {
      queries.setQueryData([...KEY, 'shift'], view);
      void queries.invalidateQueries({ queryKey: KEY });
    },
  });
}

export interface SheetLine {
  readonly name: string;
  readonly address: string;
  readonly detail: string;
  readonly since: string;
  readonly until: string | null;
  readonly contacts: readonly { readonly name: string; readonly telephone: string }[];
}

export interface Telephone {
  readonly label: string;
  readonly number: string;
}

export interface FallbackSheet {
  readonly organisation: string;
  readonly at: string;
  readonly shift: ShiftState | null;
  readonly desks: readonly {
    readonly organisation: string;
    readonly name: LocalisedName;
    readonly level: Level;
    readonly telephones: readonly Telephone[];
  }[];
  readonly incidents: readonly (SheetLine & { readonly number: number; readonly accepted: boolean })[];
  readonly mutes: readonly SheetLine[];
  readonly links: readonly SheetLine[];
  /** How many there are: a list may be shorter. */
  readonly totals: { readonly incidents: number; readonly mutes: number; readonly links: number };
}

/** Kept for as long as the page stands: without the centre it can still be printed. */
export function useFallbackSheet() {
  return useQuery({
    queryKey: [...KEY, 'sheet'],
    queryFn: ({ signal }) => get('/room/fallback-sheet', trusted<FallbackSheet>(), signal),
    gcTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

export function useTelephones() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (telephones: readonly Telephone[]) =>
      post('/room/telephones', { telephones }, trusted<{ telephones: readonly Telephone[] }>()),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...KEY, 'sheet'] }),
  });
}

export function useDutyReport(date: string) {
  return useQuery({
    queryKey: [...KEY, 'report', date],
    queryFn: ({ signal }) => get(`/duty/report?date=${date}`, trusted<DutyReport>(), signal),
  });
}

export function useForm01(date: string) {
  return useQuery({
    queryKey: [...KEY, 'form-01', date],
    queryFn: ({ signal }) =>
      get(
        `/duty/form-01?date=${date}`,
        (json) => trusted<{ lines: readonly Form01[] }>()(json).lines,
        signal,
      ),
  });
}

export interface PaperLine {
  readonly at: string;
  readonly text: string;
}

export type DutyAction =
  | { readonly name: 'note'; readonly text: string; readonly late: { at: string; writtenBy: string } | null }
  | { readonly name: 'reception'; readonly id: string; readonly reception: Reception }
  | {
      readonly name: 'paper-note';
      readonly id: string;
      readonly writtenBy: string;
      readonly lines: readonly PaperLine[];
    }
  | {
      readonly name: 'paper';
      readonly facilityId: string;
      readonly writtenBy: string;
      readonly burning: boolean;
      readonly lines: readonly PaperLine[];
      readonly closed: { at: string; outcome: Outcome; cause: FalseCause | null } | null;
    };

function sendDuty(action: DutyAction): Promise<unknown> {
  switch (action.name) {
    case 'note':
      return post('/duty/notes', { text: action.text, late: action.late }, trusted<unknown>());
    case 'reception':
      return post(`/incidents/${action.id}/reception`, action.reception, trusted<unknown>());
    case 'paper-note': {
      const { writtenBy, lines } = action;
      return post(`/paper/incidents/${action.id}/notes`, { writtenBy, lines }, trusted<unknown>());
    }
    case 'paper': {
      const { name: _name, ...body } = action;
      return post('/paper/incidents', body, trusted<unknown>());
    }
  }
}

export function useDutyAction() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: sendDuty,
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

/** Somebody here looks after a desk below that cannot be counted on; the live feed brings what came of it. */
export function useClaimDesk() {
  return useMutation({
    mutationFn: (organisation: string) =>
      post(`/room/desks/${encodeURIComponent(organisation)}/claim`, {}, trusted<unknown>()),
  });
}

const MATTERS: ReadonlySet<string> = new Set([
  'incident.desk-accepted',
  'incident.dispatch-confirmed',
  'incident.station-accepted',
  'incident.shelved',
  'incident.closed',
]);

/** Whose shift it was when somebody took an incident upon themselves; null where it does not matter or is not known. */
export function useShiftLeader(incident: IncidentState): (entry: AnyEntry) => string | null {
  const { data } = useQuery({
    queryKey: [...KEY, 'shifts-of', incident.province, incident.openedAt, incident.status],
    queryFn: ({ signal }) =>
      get(
        `/shifts?organisation=${incident.province}&from=${encodeURIComponent(incident.openedAt)}`,
        (json) => trusted<{ shifts: readonly ShiftState[] }>()(json).shifts,
        signal,
      ),
    staleTime: 60_000,
    retry: false,
  });
  return (entry) => {
    if (!MATTERS.has(entry.kind)) return null;
    const on = data?.find(
      (one) => one.startedAt <= entry.at && (one.ended === null || entry.at < one.ended.at),
    );
    return on?.leader.name ?? null;
  };
}
