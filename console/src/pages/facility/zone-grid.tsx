import { mutes, type TransmitterId, type WorksState, type Zone } from '@keng/model';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorks } from '../../api/works.ts';
import { centreNow } from '../../components/now.ts';
import { Tag } from '../../components/tag.tsx';
import { useSession } from '../../session/session-context.tsx';
import styles from './page.module.css';

const FEW = 12;

interface ZoneGridProps {
  readonly zones: readonly Zone[];
  readonly transmitterId: TransmitterId;
}

/** Number, place and kind of every zone; what works have muted just now says so. */
export function ZoneGrid({ zones, transmitterId }: ZoneGridProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const works = useWorks(can('works.read'));
  const [all, showAll] = useState(false);
  const shown = all ? zones : zones.slice(0, FEW);
  return (
    <>
      <ul className={styles.zones} aria-label={t('register.zones')}>
        {shown.map((zone) => (
          <li key={zone.number}>
            <span className={styles.zoneNumber}>{zone.number}</span>
            <span>{zone.label}</span>
            <span className="k-dim">{t(`register.kind-${zone.kind}`)}</span>
            {isMuted(works.data, transmitterId, zone.number) && (
              <Tag tone="warn">{t('works-page.silent')}</Tag>
            )}
          </li>
        ))}
      </ul>
      {zones.length > FEW && (
        <button type="button" className={styles.more} onClick={() => showAll(!all)}>
          {all ? t('zone.fold') : t('zone.more', { count: zones.length - FEW })}
        </button>
      )}
    </>
  );
}

function isMuted(
  works: readonly WorksState[] | undefined,
  transmitter: TransmitterId,
  zone: string,
): boolean {
  const now = new Date(centreNow()).toISOString();
  return works?.some((one) => mutes(one, transmitter, zone, now)) ?? false;
}
