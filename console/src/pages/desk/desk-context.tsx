import type { IncidentId, Permission } from '@keng/model';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { useLive, useLiveStore } from '../../live/live-context.tsx';
import { type IncidentActing, useIncidentAction } from '../../live/use-incident-action.ts';
import { type LockReason, useLocked } from '../../live/use-locked.ts';
import { useSession } from '../../session/session-context.tsx';

export type Panel = 'queue' | 'incident' | 'map';
export type DeskDialog = 'close' | 'answer' | null;

interface DeskValue {
  readonly selected: IncidentId | null;
  readonly select: (id: IncidentId | null) => void;
  /** Which part a phone shows. */
  readonly panel: Panel;
  readonly show: (panel: Panel) => void;
  readonly dialog: DeskDialog;
  readonly openDialog: (dialog: DeskDialog) => void;
  /** For buttons and forms: `done` when the centre has it; otherwise the problem stands beside the buttons, and what was typed stays. */
  readonly perform: (acting: IncidentActing, done?: () => void) => void;
  /** For whoever says the problem elsewhere: the command bar. Rejects with it. */
  readonly act: (acting: IncidentActing) => Promise<void>;
  readonly pending: IncidentActing | null;
  readonly error: unknown;
  readonly dismissError: () => void;
  readonly locked: LockReason | null;
  readonly can: (permission: Permission) => boolean;
}

const Context = createContext<DeskValue | null>(null);

export function DeskProvider({ children }: { readonly children: ReactNode }) {
  const store = useLiveStore();
  const open = useLive('open');
  const locked = useLocked();
  const { can } = useSession();
  const [panel, show] = useState<Panel>('queue');
  const [dialog, setDialog] = useState<DeskDialog>(null);
  const action = useIncidentAction();
  const { mutate, mutateAsync, reset, error, isPending, variables } = action;

  const select = useCallback(
    (id: IncidentId | null) => {
      reset();
      store.open(id);
      show(id === null ? 'queue' : 'incident');
    },
    [store, reset],
  );
  const openDialog = useCallback(
    (next: DeskDialog) => {
      // What went wrong before is no problem of this dialog.
      reset();
      setDialog(next);
    },
    [reset],
  );
  const act = useCallback(async (acting: IncidentActing) => void (await mutateAsync(acting)), [mutateAsync]);
  const perform = useCallback(
    (acting: IncidentActing, done?: () => void) =>
      mutate(acting, done === undefined ? {} : { onSuccess: done }),
    [mutate],
  );
  const selected = open?.id ?? null;
  const value = useMemo<DeskValue>(
    () => ({
      selected,
      select,
      panel,
      show,
      dialog,
      openDialog,
      perform,
      act,
      pending: isPending ? (variables ?? null) : null,
      error,
      dismissError: reset,
      locked,
      can,
    }),
    [
      selected,
      select,
      panel,
      dialog,
      openDialog,
      perform,
      act,
      isPending,
      variables,
      error,
      reset,
      locked,
      can,
    ],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useDesk(): DeskValue {
  const value = useContext(Context);
  if (value === null) throw new Error('useDesk: this part belongs inside the duty desk');
  return value;
}
