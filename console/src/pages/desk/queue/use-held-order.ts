import type { IncidentId } from '@keng/model';
import { type PointerEvent, useCallback, useEffect, useMemo, useRef } from 'react';
import { useLiveStore } from '../../../live/live-context.tsx';
import type { QueueWindow } from '../../../live/live-store.ts';

/** So long after the last movement the queue goes on: a pointer that was left lying there must not hide a new alarm. */
const HOLD_MS = 5_000;
/** Nobody decides faster: a press this soon after the rows moved is meant for the row that stood there before. */
const REACTION_MS = 300;

interface Order {
  readonly from: number;
  readonly ids: readonly IncidentId[];
}

/** What the list wears so that its rows keep still while somebody aims at them. */
export interface HeldOrderHandlers {
  readonly onPointerEnter: () => void;
  readonly onPointerMove: () => void;
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerLeave: (event: PointerEvent<HTMLElement>) => void;
  readonly onWheel: () => void;
  readonly onFocus: () => void;
  readonly onKeyDown: () => void;
  readonly onBlur: () => void;
}

export interface HeldOrderView {
  readonly handlers: HeldOrderHandlers;
  /** The row a click is meant for: the one that was drawn under the pointer when it went down. */
  readonly meant: (clicked: IncidentId) => IncidentId;
  /** Shows the true order now. */
  readonly release: () => void;
}

export function useHeldOrder(queue: QueueWindow | null): HeldOrderView {
  const store = useLiveStore();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const drawnOrder = useDrawnOrder(queue);
  const pressed = useRef<IncidentId | null>(null);

  const release = useCallback(() => {
    if (timer.current === null) return;
    clearTimeout(timer.current);
    timer.current = null;
    store.send({ type: 'hold', on: false });
  }, [store]);
  const hold = useCallback(() => {
    if (timer.current === null) store.send({ type: 'hold', on: true });
    else clearTimeout(timer.current);
    timer.current = setTimeout(release, HOLD_MS);
  }, [store, release]);
  // A list that is gone holds nothing.
  useEffect(() => release, [release]);

  const handlers = useMemo<HeldOrderHandlers>(
    () => ({
      onPointerEnter: hold,
      onPointerMove: hold,
      onPointerDown: (event) => {
        pressed.current = drawnOrder(indexUnder(event.target));
        hold();
      },
      onPointerLeave: (event) => {
        // A finger leaves before its click arrives; a mouse that leaves has given the press up.
        if (event.pointerType === 'mouse') pressed.current = null;
        release();
      },
      onWheel: hold,
      onFocus: hold,
      onKeyDown: () => {
        pressed.current = null;
        hold();
      },
      onBlur: release,
    }),
    [hold, release, drawnOrder],
  );
  const meant = useCallback((clicked: IncidentId) => {
    const id = pressed.current ?? clicked;
    pressed.current = null;
    return id;
  }, []);
  return { handlers, meant, release };
}

/** Which row a person who presses now has seen at this place. */
function useDrawnOrder(queue: QueueWindow | null): (index: number | null) => IncidentId | null {
  const now = useRef<Order>({ from: 0, ids: [] });
  const before = useRef<Order & { readonly until: number }>({ from: 0, ids: [], until: 0 });
  const from = queue?.view.from ?? 0;
  const ids = queue?.ids ?? NOTHING;
  useEffect(() => {
    // Scrolling asks for another window, and moves nothing: only what stands at the same place as before can have changed.
    const moved = ids.some((id, index) => {
      const old = now.current.ids[from + index - now.current.from];
      return old !== undefined && old !== id;
    });
    if (moved) before.current = { ...now.current, until: performance.now() + REACTION_MS };
    now.current = { from, ids };
  }, [from, ids]);
  return useCallback((index) => {
    if (index === null) return null;
    const { until, ...old } = before.current;
    const order = performance.now() < until ? old : now.current;
    return order.ids[index - order.from] ?? null;
  }, []);
}

const NOTHING: readonly IncidentId[] = [];

function indexUnder(target: EventTarget): number | null {
  const item = target instanceof Element ? target.closest('[data-index]') : null;
  const index = item?.getAttribute('data-index') ?? null;
  return index === null ? null : Number(index);
}
