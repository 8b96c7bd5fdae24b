import type { AnyEntry, IncidentState } from '@keng/model';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get, trusted } from '../../../api/client.ts';
import { useShiftLeader } from '../../../api/room.ts';
import { TimeOfDay } from '../../../components/age.tsx';
import { Failed, Loading } from '../../../components/async-state.tsx';
import { When } from '../../../components/when.tsx';
import { useLive } from '../../../live/live-context.tsx';
import { chronologyLine, mergeEntries, writtenBy } from './chronology-line.ts';
import { useResourceText } from './dispatch-section.tsx';
import styles from './incident-panel.module.css';

interface Page {
  readonly entries: readonly AnyEntry[];
  /** How many of its first entries stand in archive files only. */
  readonly archived: number;
  readonly next: number | null;
}

const LINES_EVERY_MS = 30_000;

/** The chronology is the log: what was is asked for once, what happens from now on comes over the feed. */
export function Chronology({ incident }: { readonly incident: IncidentState }) {
  const { t } = useTranslation();
  const open = useLive('open');
  const query = useInfiniteQuery({
    queryKey: ['chronology', incident.id],
    queryFn: ({ pageParam, signal }) =>
      get(`/incidents/${incident.id}/chronology?after=${pageParam}`, trusted<Page>(), signal),
    initialPageParam: 0,
    getNextPageParam: (last) => last.next,
    // What becomes of the lines does not come over the feed: half a million of them may go at once.
    refetchInterval: incident.status === 'open' ? LINES_EVERY_MS : false,
  });
  const leaderAt = useShiftLeader(incident);
  const entries = mergeEntries(query.data?.pages.flatMap((page) => page.entries) ?? [], open?.entries ?? []);
  return (
    <section className={styles.section}>
      <h3 className={styles.sectionTitle}>{t('chronology.title')}</h3>
      {query.isPending && <Loading />}
      {query.error && <Failed error={query.error} onRetry={() => void query.refetch()} />}
      <ol className={styles.chronology} data-testid="chronology">
        {[...entries].reverse().map((entry) => (
          <Event key={entry.position} entry={entry} shift={leaderAt(entry)} />
        ))}
      </ol>
      {(query.data?.pages[0]?.archived ?? 0) > 0 && (
        <p className="k-dim" data-testid="archived">
          {t('archive.chronology', { count: query.data?.pages[0]?.archived ?? 0 })}
        </p>
      )}
      {query.hasNextPage && (
        <button type="button" className={styles.fold} onClick={() => void query.fetchNextPage()}>
          {t('chronology.more')}
        </button>
      )}
    </section>
  );
}

function Event({ entry, shift }: { readonly entry: AnyEntry; readonly shift: string | null }) {
  const { t } = useTranslation();
  const resourceText = useResourceText();
  const line = chronologyLine(entry);
  if (line === null) return null;
  const late = writtenBy(entry);
  return (
    <li className={styles.event} data-tone={line.tone} data-kind={entry.kind} data-late={late !== null}>
      <TimeOfDay at={entry.at} />
      <span>
        {t(`chronology.${line.key}`, line.params)}
        {line.resources.length > 0 && ` ${resourceText(line.resources)}`}
        {shift !== null && <small className="k-dim"> {t('room.on-shift', { name: shift })}</small>}
        {line.text !== null && <div className={styles.note}>{line.text}</div>}
        {late !== null && (
          <small className="k-dim" data-testid="late">
            {t('room.late', { name: late })} <When at={entry.recordedAt} />
          </small>
        )}
      </span>
    </li>
  );
}
