import type { IncidentState } from '@keng/model';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useNameOf, useOrganisationName } from '../../../api/queries.ts';
import { Age, TimeOfDay } from '../../../components/age.tsx';
import { Tag } from '../../../components/tag.tsx';
import { toRow } from '../../../worker/queue-row.ts';
import { PlansKey } from '../../facility/safety/plans-key.tsx';
import { useDesk } from '../desk-context.tsx';
import { rowTags } from '../queue/row-tags.ts';
import styles from './incident-panel.module.css';

export function IncidentHead({ incident }: { readonly incident: IncidentState }) {
  const { t } = useTranslation();
  const { select, can } = useDesk();
  const categoryOf = useNameOf('categories');
  const organisationOf = useOrganisationName();
  const { facility } = incident;
  const row = toRow(incident);
  return (
    <header className={styles.head} data-band={row.band}>
      <div className={styles.headTop}>
        <span className={styles.number} data-testid="incident-number">
          {incident.number}
        </span>
        <h2 className={styles.title}>
          {can('facility.read') ? (
            <Link href={`/facilities/${facility.id}`}>{facility.name}</Link>
          ) : (
            facility.name
          )}
        </h2>
        <button
          type="button"
          className={styles.close}
          aria-label={t('incident.leave')}
          onClick={() => select(null)}
        >
          ×
        </button>
      </div>
      <p className={styles.address}>{facility.address}</p>
      <div className={styles.facts}>
        {rowTags(row).map((tag) => (
          <Tag key={tag.key} tone={tag.tone}>
            {t(tag.key)}
          </Tag>
        ))}
        {facility.synthetic && <Tag title={t('tag.synthetic-help')}>{t('tag.synthetic')}</Tag>}
        {facility.position === null && <Tag tone="warn">{t('incident.no-position')}</Tag>}
      </div>
      <p className={styles.facts}>
        <span>{categoryOf(facility.category)}</span>
        <span>
          <TimeOfDay at={incident.openedAt} /> (<Age at={incident.openedAt} />)
        </span>
        <span>{organisationOf(incident.province)}</span>
      </p>
      <PlansKey facility={facility} />
    </header>
  );
}
