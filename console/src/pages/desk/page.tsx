import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Loading } from '../../components/async-state.tsx';
import { ErrorBoundary } from '../../components/error-boundary.tsx';
import { loadPart } from '../../components/load-part.tsx';
import { useLive, useLiveStore } from '../../live/live-context.tsx';
import type { PageProps } from '../../routes.tsx';
import { CommandBar } from './command/command-bar.tsx';
import { DeskProvider, type Panel, useDesk } from './desk-context.tsx';
import { IncidentPanel } from './incident/incident-panel.tsx';
import styles from './page.module.css';
import { QueuePanel } from './queue/queue-panel.tsx';

/** A megabyte of map must not stand before the first row of the queue. */
const DeskMap = loadPart(
  () => import('./desk-map.tsx'),
  async ({ DeskMap: part, workerReady }) => {
    await workerReady();
    return part;
  },
);

/** The duty desk: alarms by urgency, the map, the open incident, and the command bar below. */
export function Page({ params }: PageProps) {
  return (
    <DeskProvider>
      <Desk number={params.number} />
    </DeskProvider>
  );
}

const PANELS: readonly Panel[] = ['queue', 'incident', 'map'];

function Desk({ number }: { readonly number: string | undefined }) {
  const { t } = useTranslation();
  const { panel, show } = useDesk();
  useAddress(number);
  // Rows first, then the map: on a small machine drawing the map would hold back the alarms.
  const queue = useLive('queue');
  const { status } = useLive('link');
  const mapsTurn = queue !== null || status === 'lost';
  return (
    <main className={styles.desk} data-panel={panel}>
      <h1 className="k-visually-hidden">{t('place.desk')}</h1>
      <nav className={styles.tabs} aria-label={t('desk.parts')}>
        {PANELS.map((one) => (
          <button key={one} type="button" aria-current={panel === one} onClick={() => show(one)}>
            {t(`desk.part-${one}`)}
          </button>
        ))}
      </nav>
      <section className={styles.queue} aria-label={t('desk.part-queue')}>
        <QueuePanel />
      </section>
      <section className={styles.map} aria-label={t('desk.part-map')}>
        <ErrorBoundary>{mapsTurn ? <DeskMap /> : <Loading />}</ErrorBoundary>
      </section>
      <section className={styles.incident} aria-label={t('desk.part-incident')}>
        <IncidentPanel />
      </section>
      <div className={styles.command}>
        <CommandBar />
      </div>
    </main>
  );
}

/** The address names the open incident, so that it can be told to somebody else; it opens the one it names. */
function useAddress(number: string | undefined): void {
  const store = useLiveStore();
  const { select } = useDesk();
  const open = useLive('open');
  const [, navigate] = useLocation();
  const counts = useLive('counts');
  const { complete } = counts;
  const loaded = counts.open + counts.closed > 0;
  const shown = open?.incident?.number;

  // Only when the page is entered, with the first alarms or with the last: later the selection leads and the address follows.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (!loaded || number === undefined || open !== null) return;
    void store.find(number, 1).then(([row]) => row && select(row.id));
  }, [loaded, complete]);

  useEffect(() => {
    if (shown !== undefined && String(shown) !== number) navigate(`/desk/${shown}`, { replace: true });
  }, [shown, number, navigate]);
}
