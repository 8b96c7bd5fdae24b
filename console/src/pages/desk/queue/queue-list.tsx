import type { IncidentId } from '@keng/model';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty, Loading } from '../../../components/async-state.tsx';
import { useShortcuts } from '../../../components/use-shortcuts.ts';
import { useLive, useLiveStore } from '../../../live/live-context.tsx';
import type { QueueFilter } from '../../../worker/messages.ts';
import { useDesk } from '../desk-context.tsx';
import { QueueOrder } from './queue-order.tsx';
import styles from './queue-panel.module.css';
import { QueueRowView } from './queue-row-view.tsx';
import { useHeldOrder } from './use-held-order.ts';

export const ROW_PX = 84;
/** Rows asked for beyond the visible ones, so that scrolling does not run into blanks. */
const MARGIN = 12;

interface QueueListProps {
  readonly list: 'open' | 'closed';
  readonly filter: QueueFilter;
}

/** Only the rows that can be seen exist; the worker knows the rest. */
export function QueueList({ list, filter }: QueueListProps) {
  const store = useLiveStore();
  const queue = useLive('queue');
  const { selected, select } = useDesk();
  const scroller = useRef<HTMLDivElement>(null);
  const current = queue?.view.list === list && queue.view.filter === filter ? queue : null;
  const total = current?.total ?? 0;
  const held = useHeldOrder(current);
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 4,
  });
  const shown = virtual.getVirtualItems();
  const from = Math.max(0, (shown[0]?.index ?? 0) - MARGIN);
  const to = (shown.at(-1)?.index ?? 20) + 1 + MARGIN;
  useEffect(() => {
    store.send({ type: 'view', view: { list, filter, from, to } });
  }, [store, list, filter, from, to]);

  const { meant, release, handlers } = held;
  const open = useCallback((id: IncidentId) => select(meant(id)), [select, meant]);
  const move = (step: 1 | -1) => {
    if (current === null) return;
    handlers.onKeyDown();
    const at = selected === null ? -1 : current.ids.indexOf(selected);
    const next = at === -1 ? current.ids[step === 1 ? 0 : current.ids.length - 1] : current.ids[at + step];
    if (next === undefined) return;
    select(next);
    virtual.scrollToIndex(current.view.from + current.ids.indexOf(next), { align: 'auto' });
  };
  useShortcuts({ ArrowDown: () => move(1), j: () => move(1), ArrowUp: () => move(-1), k: () => move(-1) });

  const goUp = () => {
    release();
    virtual.scrollToIndex(0);
  };

  return (
    <>
      <QueueOrder list={list} above={current?.above ?? null} onGo={goUp} />
      <div ref={scroller} className={styles.list} data-testid={`queue-${list}`} {...handlers}>
        {current === null && <Loading />}
        {current !== null && total === 0 && <NothingListed list={list} />}
        <ol
          style={{
            height: virtual.getTotalSize(),
            position: 'relative',
            margin: 0,
            padding: 0,
            listStyle: 'none',
          }}
        >
          {shown.map(({ index, start }) => {
            const id = current?.ids[index - current.view.from];
            const row = id === undefined ? undefined : current?.rows.get(id);
            return (
              <li
                key={id ?? index}
                data-index={index}
                aria-setsize={total}
                aria-posinset={index + 1}
                style={{
                  position: 'absolute',
                  insetInline: 0,
                  top: 0,
                  height: ROW_PX,
                  transform: `translateY(${start}px)`,
                }}
              >
                {row && <QueueRowView row={row} selected={row.id === selected} onOpen={open} />}
              </li>
            );
          })}
        </ol>
      </div>
    </>
  );
}

/** While alarms have arrived that are no incidents yet, nobody is told that there are none. */
function NothingListed({ list }: Pick<QueueListProps, 'list'>) {
  const { t } = useTranslation();
  const arrivals = useLive('arrivals');
  if (list === 'closed') return <Empty title={t('queue.empty-closed')} help={t('queue.empty-closed-help')} />;
  if (arrivals.count > 0) return <Empty title={t('arrivals.no-incident')} help={t('arrivals.help')} />;
  return <Empty title={t('queue.empty-open')} help={t('queue.empty-help')} />;
}
