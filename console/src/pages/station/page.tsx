import { type IncidentId, type OrganisationCode, standDownOf } from '@keng/model';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLevelOf, useOrganisationName } from '../../api/queries.ts';
import { Failed, Loading } from '../../components/async-state.tsx';
import { useShortcuts } from '../../components/use-shortcuts.ts';
import { Arrivals } from '../../frame/arrivals.tsx';
import { useLive, useLiveStore } from '../../live/live-context.tsx';
import { useSession } from '../../session/session-context.tsx';
import { Order } from './order.tsx';
import { OtherOrders } from './other-orders.tsx';
import styles from './page.module.css';
import { ordersOf } from './station-orders.ts';

/** More orders at once than a station has engines for. */
const MOST_ORDERS = 200;

/** The team on duty: one order at a time, read from across the room, accepted with one key. */
export function Page() {
  const { t } = useTranslation();
  const store = useLiveStore();
  const queue = useLive('queue');
  const { status, problem } = useLive('link');
  const open = useLive('open');
  const arrivals = useLive('arrivals');
  const { organisation } = useSession().session.user;
  const nameOf = useOrganisationName();
  const level = useLevelOf(organisation);
  const [held, hold] = useState<IncidentId | null>(null);
  const [known, know] = useState<ReadonlySet<IncidentId>>(new Set());

  useEffect(() => {
    store.send({ type: 'view', view: { list: 'open', filter: 'all', from: 0, to: MOST_ORDERS } });
  }, [store]);

  const rows = queue?.ids.flatMap((id) => queue.rows.get(id) ?? []) ?? [];
  // The session says it as text; the brand exists for the compiler only.
  const station = level === 'station' ? (organisation as OrganisationCode) : null;
  const orders = ordersOf(rows, station, held, known);
  const next = orders.waiting[0];
  useEffect(() => store.open(orders.current), [store, orders.current]);
  useShortcuts({ n: next && (() => hold(next.id)) });

  if (queue === null) return problem === null ? <Loading /> : <Failed error={new Error(problem)} />;
  return (
    <main className={styles.station}>
      <h1 className="k-visually-hidden">
        {t('place.station')} {nameOf(organisation)}
      </h1>
      <Arrivals />
      {orders.current === null ? (
        arrivals.count === 0 ? (
          <Quiet live={status === 'live'} name={nameOf(organisation)} />
        ) : (
          <div className={styles.quiet}>
            <p className={styles.quietHelp}>{t('arrivals.help')}</p>
          </div>
        )
      ) : (
        <>
          <OtherOrders orders={orders} onPick={hold} />
          {open?.incident && open.id === orders.current ? (
            <Order
              incident={open.incident}
              standDown={standDownOf(open.incident, station)}
              onAct={() => hold(orders.current)}
              onKnown={() => {
                if (orders.current !== null) know(new Set([...known, orders.current]));
                hold(null);
              }}
            />
          ) : (
            <Loading />
          )}
        </>
      )}
    </main>
  );
}

function Quiet({ live, name }: { readonly live: boolean; readonly name: string }) {
  const { t } = useTranslation();
  return (
    <div className={styles.quiet} role="status">
      <p className={styles.quietName}>{name}</p>
      <p className={styles.quietWord}>{t('order.no-order')}</p>
      <p className={styles.quietHelp}>{live ? t('order.no-order-help') : t('link.lost-banner')}</p>
    </div>
  );
}
