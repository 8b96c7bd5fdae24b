import { useTranslation } from 'react-i18next';
import { useProvinceName } from '../../api/country-facts.ts';
import type { FacilityView } from '../../api/facilities.ts';
import { localName, useOrganisationName, useOrganisations } from '../../api/queries.ts';
import { Facts } from '../../components/facts.tsx';
import { LocatorMap, type MapPoint } from '../../components/locator-map.tsx';
import { Section } from '../../components/page.tsx';
import { When } from '../../components/when.tsx';
import styles from './page.module.css';

/** Where it is and whose it is. */
export function FacilityIdentity({ facility }: { readonly facility: FacilityView }) {
  const { t } = useTranslation();
  const provinceName = useProvinceName();
  const organisationName = useOrganisationName();
  const { position } = facility;
  const area = [facility.communeName, provinceName(facility.areaCode)].filter(Boolean).join(', ');
  return (
    <Section title={t('register.place')} flush>
      <div className={styles.map}>
        <LocatorMap points={usePoints(facility)} label={t('order.map')} />
      </div>
      <div className={styles.padded}>
        <Facts
          of={[
            [t('register.address'), facility.address],
            [t('register.area'), area],
            [
              t('register.position'),
              position && (
                <a className={styles.link} href={`geo:${position[1]},${position[0]}`}>
                  {position[1].toFixed(6)}, {position[0].toFixed(6)}
                </a>
              ),
            ],
            [t('register.organisation'), organisationName(facility.organisation)],
            [t('register.level'), t(`register.level-${facility.managingLevel}`)],
            [t('register.reference'), facility.reference],
            [t('register.registered-at'), <When key="at" at={facility.registeredAt} />],
            [t('register.changed-at'), <When key="at" at={facility.changedAt} />],
          ]}
        />
      </div>
    </Section>
  );
}

function usePoints({ position, water, organisation }: FacilityView): MapPoint[] {
  const organisations = useOrganisations();
  if (position === null) return [];
  const station = organisations.data?.find((one) => one.code === organisation);
  const points: MapPoint[] = [{ position, kind: 'facility', label: '' }];
  for (const one of water)
    if (one.position) points.push({ position: one.position, kind: 'water', label: one.description });
  if (station?.position)
    points.push({ position: station.position, kind: 'station', label: localName(station.name) });
  return points;
}
