import type { IncidentId } from '@keng/model';
import { type PointerEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLiveStore } from '../../../live/live-context.tsx';
import type { QueueWindow } from '../../../live/live-store.ts';
import { DrawnOrder } from './drawn-order.ts';

/** So long after the last movement the queue goes on: a pointer that was left lying there must not hide a new alarm. */
const HOLD_MS = 5_000;
const LATE_MS = 100;

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
    // A browser that was busy for a while hears of what moved meanwhile only after this.
    timer.current = setTimeout(() => {
      timer.current = setTimeout(release, LATE_MS);
    }, HOLD_MS);
  }, [store, release]);
  // A list that is gone holds nothing.
  useEffect(() => release, [release]);

  const handlers = useMemo<HeldOrderHandlers>(
    () => ({
      onPointerEnter: hold,
      onPointerMove: hold,
      onPointerDown: (event) => {
        const place = indexUnder(event.target);
        pressed.current = place === null ? null : drawnOrder.at(place, performance.now());
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

function useDrawnOrder(queue: QueueWindow | null): DrawnOrder {
  const [order] = useState(() => new DrawnOrder());
  const from = queue?.view.from ?? 0;
  const ids = queue?.ids;
  useEffect(() => order.draw({ from, ids: ids ?? [] }, performance.now()), [order, from, ids]);
  return order;
}

function indexUnder(target: EventTarget): number | null {
  const item = target instanceof Element ? target.closest('[data-index]') : null;
  const index = item?.getAttribute('data-index') ?? null;
  return index === null ? null : Number(index);
}
