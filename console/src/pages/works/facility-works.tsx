import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FacilityView } from '../../api/facilities.ts';
import { useWorks } from '../../api/works.ts';
import { AsyncState } from '../../components/async-state.tsx';
import { Section } from '../../components/page.tsx';
import { useSession } from '../../session/session-context.tsx';
import { PlanDialog } from './plan-dialog.tsx';
import styles from './works.module.css';
import { WorksCard } from './works-card.tsx';

/** Planned works of one facility. */
export function FacilityWorks({ facility }: { readonly facility: FacilityView }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const query = useWorks(can('works.read'));
  const [planning, plan] = useState(false);
  if (!can('works.read')) return null;
  return (
    <Section
      title={t('place.works')}
      actions={
        can('works.write') && facility.transmitters.length > 0 ? (
          <Button variant="subtle" h={44} onClick={() => plan(true)}>
            {t('works-page.plan')}
          </Button>
        ) : undefined
      }
      flush
    >
      <AsyncState query={query}>
        {(works) => {
          const own = works.filter((one) => one.facilityId === facility.id);
          if (own.length === 0) return <p className={styles.none}>{t('works-page.none')}</p>;
          return own.map((one) => (
            <div key={one.id} className={styles.item}>
              <WorksCard works={one} />
            </div>
          ));
        }}
      </AsyncState>
      <PlanDialog facility={facility} opened={planning} onClose={() => plan(false)} />
    </Section>
  );
}
