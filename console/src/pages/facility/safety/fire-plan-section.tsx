import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { FacilityView } from '../../../api/facilities.ts';
import { useDuties, useFirePlans } from '../../../api/facility-safety.ts';
import { AsyncState } from '../../../components/async-state.tsx';
import { Section } from '../../../components/page.tsx';
import { useSession } from '../../../session/session-context.tsx';
import { Day } from './inspections-section.tsx';
import styles from './safety.module.css';

/** Which version of the facility's own plan is in force; the plan itself is a page that can be printed. */
export function FirePlanSection({ facility }: { readonly facility: FacilityView }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const duties = useDuties();
  const query = useFirePlans(facility.id);
  const base = can('facility.read') ? '/facilities' : '/my-facilities';
  const mayWrite = can('facility.plan') && facility.removedAt === null;
  return (
    <Section
      title={t('fire-plan.title', { form: duties?.forms.firePlan ?? '' })}
      flush
      actions={
        <Button component={Link} href={`${base}/${facility.id}/fire-plan`} variant="subtle" h={44}>
          {t(mayWrite ? 'fire-plan.open-write' : 'fire-plan.open')}
        </Button>
      }
    >
      <AsyncState
        query={query}
        isEmpty={({ versions }) => versions.length === 0}
        empty={<p className={styles.none}>{t('fire-plan.none')}</p>}
      >
        {({ versions }) => (
          <ul className={styles.lines}>
            {versions.slice(0, 3).map((one) => (
              <li key={one.id}>
                <strong>{t('fire-plan.version', { version: one.version })}</strong>
                <span>
                  {t('fire-plan.approved')} <Day of={one.approvedOn} />
                </span>
                <span className="k-dim">{one.approvedBy}</span>
              </li>
            ))}
          </ul>
        )}
      </AsyncState>
    </Section>
  );
}
