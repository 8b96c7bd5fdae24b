import { useTranslation } from 'react-i18next';
import { useVerifyLog } from '../../api/record.ts';
import { Facts } from '../../components/facts.tsx';
import { Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { SendButton } from '../../components/send-button.tsx';
import styles from './page.module.css';

/** Walks the whole chain; what it says is about this moment. */
export function VerifyLog() {
  const { t } = useTranslation();
  const verifying = useVerifyLog();
  const { data, isPending, error } = verifying;
  return (
    <Section
      title={t('log.chain')}
      beside={t('log.chain-help')}
      actions={
        <SendButton variant="default" h={40} m={4} loading={isPending} onClick={() => verifying.mutate()}>
          {t('log.verify')}
        </SendButton>
      }
    >
      <ProblemNote error={error} />
      {isPending && <p role="status">{t('log.verifying')}</p>}
      {data === undefined && !isPending && error === null && <p className="k-dim">{t('log.not-verified')}</p>}
      {data !== undefined && !isPending && (
        <div role="status">
          <p className={styles.verdict} data-tone={data.faults.length === 0 ? 'good' : 'fire'}>
            {data.faults.length === 0 ? t('log.holds') : t('log.broken', { count: data.faults.length })}
          </p>
          {data.faults.length > 0 && (
            <ul className={styles.faults}>
              {data.faults.map((fault) => (
                <li key={`${fault.position} ${fault.code}`}>
                  <strong>{fault.position}</strong> <code>{fault.code}</code> {fault.detail}
                </li>
              ))}
            </ul>
          )}
          <Facts
            of={[
              [t('log.entries'), data.entries],
              [t('log.seals'), data.seals],
              [t('log.erased'), data.erased],
              ...(data.archived === null
                ? []
                : ([
                    [t('archive.upto'), data.archived.upto],
                    [t('archive.kept'), data.archived.kept],
                  ] as const)),
              [t('log.head'), <code key="head">{data.head}</code>],
            ]}
          />
        </div>
      )}
    </Section>
  );
}
