import { type AnyEntry, ENTRY_KINDS, type EntryKind } from '@keng/model';
import { Button, NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type LogQuery, useLog } from '../../api/record.ts';
import { AsyncState, Empty } from '../../components/async-state.tsx';
import { useTimeFormat } from '../../components/centre-time.ts';
import { Mono } from '../../components/data-table.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { Section } from '../../components/page.tsx';
import styles from './page.module.css';

const KINDS = Object.keys(ENTRY_KINDS) as readonly EntryKind[];

/** The newest first, a page at a time back to the beginning; or back from a position; of one kind or all. */
export function LogEntries() {
  const { t } = useTranslation();
  const [asked, ask] = useState<LogQuery>({ from: null, asked: 0, kind: null });
  const [from, setFrom] = useState<string | number>('');
  const query = useLog(asked);
  const head = query.data?.pages.at(-1)?.head;
  const { exact } = useTimeFormat();
  const archived = query.data?.pages[0]?.archived ?? null;
  const go = (start: number | null) => {
    setFrom(start ?? '');
    ask({ ...asked, from: start, asked: asked.asked + 1 });
  };
  return (
    <Section
      title={t('log.entries')}
      beside={head === undefined ? undefined : t('log.up-to', { position: head })}
      flush
    >
      <form
        className={styles.filter}
        onSubmit={(event) => {
          event.preventDefault();
          go(Number(from) || null);
        }}
      >
        <NumberInput
          label={t('log.from')}
          value={from}
          onChange={setFrom}
          min={1}
          hideControls
          size="md"
          w={160}
        />
        <Select
          label={t('log.kind')}
          data={[...KINDS]}
          value={asked.kind}
          onChange={(kind) => ask({ ...asked, kind: KINDS.find((one) => one === kind) ?? null })}
          placeholder={t('list.all-values')}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('register.clear') }}
          size="md"
          w={260}
        />
        <Button type="submit" variant="default" h={42}>
          {t('log.go')}
        </Button>
        {head !== undefined && (
          <Button variant="subtle" h={42} onClick={() => go(null)}>
            {t('log.newest')}
          </Button>
        )}
      </form>
      {archived !== null && (
        <p className={styles.archived}>
          {t('archive.log', { at: exact(archived.at), position: archived.position })}
        </p>
      )}
      <AsyncState
        query={query}
        isEmpty={({ pages }) => pages[0]?.entries.length === 0}
        empty={<Empty title={t('list.nothing-found')} />}
      >
        {({ pages }) => {
          const entries = pages.flatMap((page) => page.entries);
          return (
            <>
              <ul className={styles.entries}>
                {entries.map((entry) => (
                  <EntryLine key={entry.position} entry={entry} />
                ))}
              </ul>
              <LoadMore query={query} shown={entries.length} />
            </>
          );
        }}
      </AsyncState>
    </Section>
  );
}

/** Position, time to the millisecond, kind, who; opened: everything, as it is kept. */
function EntryLine({ entry }: { readonly entry: AnyEntry }) {
  const { exact } = useTimeFormat();
  const { position, at, kind, actor, organisation, subject, body } = entry;
  return (
    <li>
      <details>
        <summary className={styles.entry}>
          <span className={styles.position}>{position}</span>
          <time dateTime={at} title={at}>
            {exact(at)}
          </time>
          <Mono>{kind}</Mono>
          <span className="k-dim">{actor.name ?? `${actor.kind} ${actor.id}`}</span>
          <span className={styles.organisation}>{organisation}</span>
        </summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
        <pre className={styles.body} tabIndex={0}>
          {JSON.stringify(
            { subject, revision: entry.revision, recordedAt: entry.recordedAt, actor, body },
            null,
            2,
          )}
        </pre>
      </details>
    </li>
  );
}
