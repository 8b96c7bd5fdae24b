import type { WorksItem } from '@keng/model';
import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Age } from '../../components/age.tsx';
import { useNow } from '../../components/now.ts';
import { Tag } from '../../components/tag.tsx';
import { When } from '../../components/when.tsx';
import { useSession } from '../../session/session-context.tsx';
import { CallBackDialog } from './call-back-dialog.tsx';
import { EndDialog } from './end-dialog.tsx';
import styles from './works.module.css';
import { WorksChronology } from './works-chronology.tsx';
import { worksPhase } from './works-phase.ts';

const TONES = { 'not-confirmed': 'warn', 'to-come': 'plain', silent: 'accent', over: 'plain' } as const;

/** What is muted, until when, who vouched for it; and the two things that can be done. */
export function WorksCard({ works }: { readonly works: WorksItem }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const now = useNow();
  const [dialog, open] = useState<'call-back' | 'end' | null>(null);
  const phase = worksPhase(works, now);
  const labels = works.zones.map((number) => {
    const label = works.zoneLabels[number];
    return label === undefined ? number : `${number} (${label})`;
  });
  return (
    <div className={styles.card}>
      <div className={styles.text}>
        <p className={styles.head}>
          <Tag tone={TONES[phase]}>{t(`works-page.phase-${phase}`)}</Tag>
          {works.purpose === 'test' && <Tag tone="accent">{t('portal.test-mode')}</Tag>}
          <span>
            <When at={works.from} /> – <When at={works.until} />
          </span>
          {works.mutedSignals > 0 && (
            <Tag tone="warn">{t('works-list.muted', { count: works.mutedSignals })}</Tag>
          )}
        </p>
        <p className={styles.reason}>{works.reason}</p>
        <p className="k-dim">
          {t('works-list.zones', { zones: labels.join(', ') })}
          {works.requestedBy !== null && ` · ${t('works-page.asked-by', { name: works.requestedBy })}`}
          {works.plannedBy !== null && ` · ${t('works-page.planned-by', { name: works.plannedBy.name })}`}
        </p>
        {works.calledBack !== null && (
          <p className="k-dim">
            {t('works-page.called-back', {
              contact: works.calledBack.contactName,
              name: works.calledBack.by.name,
            })}{' '}
            <Age at={works.calledBack.at} />
          </p>
        )}
        {works.calledBack !== null && works.remindedAt !== undefined && (
          <p className="k-dim">
            {t('works-page.reminded', { contact: works.calledBack.contactName })}{' '}
            <Age at={works.remindedAt} />
          </p>
        )}
        <WorksChronology works={works} />
      </div>
      {can('works.write') && phase !== 'over' && (
        <Group gap="sm">
          {phase === 'not-confirmed' && (
            <Button h={44} onClick={() => open('call-back')}>
              {t('works-page.call-back')}
            </Button>
          )}
          <Button h={44} variant="default" onClick={() => open('end')}>
            {t('works-page.end')}
          </Button>
        </Group>
      )}
      <CallBackDialog works={works} opened={dialog === 'call-back'} onClose={() => open(null)} />
      <EndDialog works={works} opened={dialog === 'end'} onClose={() => open(null)} />
    </div>
  );
}
