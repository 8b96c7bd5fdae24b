import { useTranslation } from 'react-i18next';
import { useHazardName } from '../../api/country-facts.ts';
import type { FacilityView } from '../../api/facilities.ts';
import { Facts } from '../../components/facts.tsx';
import { Section } from '../../components/page.tsx';
import { Tag } from '../../components/tag.tsx';
import styles from './page.module.css';

/** What a team finds there: hazards, water, own force. */
export function FacilitySite({ facility }: { readonly facility: FacilityView }) {
  const { t } = useTranslation();
  const { hazards, water, onSiteForce } = facility;
  const none = t('register.none-declared');
  const force = `${t('register.people', { count: onSiteForce.people })} ${onSiteForce.description}`.trim();
  return (
    <Section title={t('register.site')}>
      <Facts
        of={[
          [t('register.hazards'), hazards.length === 0 ? none : <Hazards key="hazards" hazards={hazards} />],
          [t('register.water'), water.length === 0 ? none : <Water key="water" water={water} />],
          [t('register.force'), force],
        ]}
      />
    </Section>
  );
}

function Hazards({ hazards }: Pick<FacilityView, 'hazards'>) {
  const hazardName = useHazardName();
  return (
    <span className={styles.tags}>
      {hazards.map((hazard) => (
        <Tag key={hazard} tone="warn">
          {hazardName(hazard)}
        </Tag>
      ))}
    </span>
  );
}

function Water({ water }: Pick<FacilityView, 'water'>) {
  const { t } = useTranslation();
  return (
    <ul className={styles.plain}>
      {water.map((one) => (
        <li key={`${one.kind} ${one.description}`}>
          {t(`register.water-${one.kind}`)} {one.description}
          {one.capacityM3 !== null && ` · ${one.capacityM3} m³`}
        </li>
      ))}
    </ul>
  );
}
