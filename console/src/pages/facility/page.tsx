import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, Redirect } from 'wouter';
import { type FacilityView, useFacility } from '../../api/facilities.ts';
import { useNameOf } from '../../api/queries.ts';
import { AsyncState } from '../../components/async-state.tsx';
import { PageFrame, Section } from '../../components/page.tsx';
import { Tag } from '../../components/tag.tsx';
import type { PageProps } from '../../routes.tsx';
import { useSession } from '../../session/session-context.tsx';
import { MyFacilityWorks } from '../my-facilities/my-works-list.tsx';
import { FacilityWorks } from '../works/facility-works.tsx';
import { FacilityContacts } from './facility-contacts.tsx';
import { FacilityIdentity } from './facility-identity.tsx';
import { FacilityIncidents } from './facility-incidents.tsx';
import { FacilitySignals } from './facility-signals.tsx';
import { FacilitySite } from './facility-site.tsx';
import styles from './page.module.css';
import { FirePlanSection } from './safety/fire-plan-section.tsx';
import { HistorySection } from './safety/history-section.tsx';
import { InspectionsSection, SelfInspectionsSection } from './safety/inspections-section.tsx';
import { DeclarationsSection, OwnerActions } from './safety/owner-actions.tsx';
import { PlansSection } from './safety/plans-section.tsx';
import { TransmitterList } from './transmitter-list.tsx';

/** Its devices speak all the time, and whoever sets one up stands here and looks. */
const LOOK_EVERY_MS = 4_000;

/** Everything about one facility, dense: what is there, whom to ring, how its devices are, what happened. */
export function Page({ params }: PageProps) {
  const id = params.id ?? '';
  const { can } = useSession();
  return (
    <AsyncState query={useFacility(id, LOOK_EVERY_MS)}>
      {(facility) =>
        facility.mergedInto === undefined ? (
          <Whole facility={facility} />
        ) : (
          // It was a duplicate: whoever has its old address is sent on.
          <Redirect
            to={`/${can('facility.read') ? 'facilities' : 'my-facilities'}/${facility.mergedInto}`}
            replace
          />
        )
      }
    </AsyncState>
  );
}

function Whole({ facility }: { readonly facility: FacilityView }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const categoryName = useNameOf('categories');
  return (
    <PageFrame
      title={facility.name}
      beside={
        <span className={styles.tags}>
          <Tag>{categoryName(facility.category)}</Tag>
          {facility.synthetic && <Tag title={t('tag.synthetic-help')}>{t('tag.synthetic')}</Tag>}
          {facility.removedAt !== null && <Tag tone="warn">{t('register.removed')}</Tag>}
        </span>
      }
      actions={
        <>
          <Button
            component={Link}
            href={can('facility.read') ? '/facilities' : '/my-facilities'}
            variant="subtle"
            h={44}
          >
            {t('common.back')}
          </Button>
          {can('facility.write') && facility.removedAt === null && (
            <Button component={Link} href={`/facilities/${facility.id}/edit`} variant="default" h={44}>
              {t('register.edit')}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.grid}>
        <div className={styles.column}>
          {can('facility.own') && facility.removedAt === null && <OwnerActions facility={facility} />}
          <Section title={t('register.transmitters')} beside={facility.transmitters.length} flush>
            <TransmitterList facility={facility} />
          </Section>
          <FacilityWorks facility={facility} />
          {can('facility.own') && !can('works.read') && <MyFacilityWorks facility={facility} />}
          <PlansSection facility={facility} />
          <FirePlanSection facility={facility} />
          <SelfInspectionsSection facility={facility} />
          <InspectionsSection facility={facility} />
          <DeclarationsSection facility={facility} />
          {can('desk.read') && <FacilityIncidents id={facility.id} />}
          <FacilitySignals facility={facility} />
          <HistorySection facility={facility} />
        </div>
        <div className={styles.column}>
          <FacilityIdentity facility={facility} />
          <Section title={t('register.contacts')} flush>
            <FacilityContacts contacts={facility.contacts} />
          </Section>
          <FacilitySite facility={facility} />
        </div>
      </div>
    </PageFrame>
  );
}
