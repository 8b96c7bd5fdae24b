import type { Contact, IncidentState } from '@keng/model';
import { useTranslation } from 'react-i18next';
import { useHazardName } from '../../api/country-facts.ts';
import { type FacilityView, useFacility } from '../../api/facilities.ts';
import { localName, useOrganisations } from '../../api/queries.ts';
import { AsyncState } from '../../components/async-state.tsx';
import { LocatorMap, type MapPoint } from '../../components/locator-map.tsx';
import { distanceKm, type LonLat } from '../../components/locator-projection.ts';
import { PlansKey } from '../facility/safety/plans-key.tsx';
import styles from './order.module.css';

/** The building: where it lies, what is dangerous in it, water, own force, and whom to ring. */
export function OrderPlace({ incident }: { readonly incident: IncidentState }) {
  const facility = useFacility(incident.facility.id);
  return (
    <>
      <PlansKey facility={incident.facility} />
      <OrderMap incident={incident} facility={facility.data} />
      <AsyncState query={facility}>{(data) => <Building facility={data} />}</AsyncState>
    </>
  );
}

interface OrderMapProps {
  readonly incident: IncidentState;
  readonly facility: FacilityView | undefined;
}

function OrderMap({ incident, facility }: OrderMapProps) {
  const { t } = useTranslation();
  const organisations = useOrganisations();
  const { position } = incident.facility;
  if (position === null) return <p className={styles.noMap}>{t('order.no-position')}</p>;
  const station = organisations.data?.find((one) => one.code === incident.station);
  const home: LonLat | null = station?.position ?? null;
  const water = (facility?.water ?? []).flatMap((one): MapPoint[] =>
    one.position === null ? [] : [{ position: one.position, kind: 'water', label: one.description }],
  );
  const points: MapPoint[] = [{ position, kind: 'fire', label: '' }, ...water];
  if (home && station) points.push({ position: home, kind: 'station', label: localName(station.name) });
  return (
    <div className={styles.map}>
      <LocatorMap points={points} label={t('order.map')} line={home ? [home, position] : null} />
      <p className={styles.mapLine}>
        {home && <span>{t('order.distance', { km: distanceKm(home, position).toFixed(1) })}</span>}
        <a href={`geo:${position[1]},${position[0]}`}>
          {position[1].toFixed(5)}, {position[0].toFixed(5)}
        </a>
      </p>
    </div>
  );
}

function Building({ facility }: { readonly facility: FacilityView }) {
  const { t } = useTranslation();
  const hazardName = useHazardName();
  const { hazards, water, onSiteForce, contacts } = facility;
  return (
    <div className={styles.building}>
      <h3>{t('register.hazards')}</h3>
      {hazards.length === 0 ? (
        <p className="k-dim">{t('register.none-declared')}</p>
      ) : (
        <ul className={styles.hazards}>
          {hazards.map((hazard) => (
            <li key={hazard} className={styles.hazard}>
              {hazardName(hazard)}
            </li>
          ))}
        </ul>
      )}
      <h3>{t('register.water')}</h3>
      {water.length === 0 ? (
        <p className="k-dim">{t('register.none-declared')}</p>
      ) : (
        <ul>
          {water.map((one) => (
            <li key={`${one.kind} ${one.description}`}>
              {t(`register.water-${one.kind}`)} {one.description}
              {one.capacityM3 !== null && ` · ${one.capacityM3} m³`}
            </li>
          ))}
        </ul>
      )}
      <h3>{t('register.force')}</h3>
      <p>
        {t('register.people', { count: onSiteForce.people })} {onSiteForce.description}
      </p>
      <h3>{t('register.contacts')}</h3>
      <ol className={styles.contacts}>
        {contacts.map((contact) => (
          <ContactLine key={contact.id} contact={contact} />
        ))}
      </ol>
    </div>
  );
}

function ContactLine({ contact }: { readonly contact: Contact }) {
  return (
    <li>
      <a href={`tel:${contact.telephone}`}>
        <span>
          {contact.name}
          {contact.role !== '' && <span className="k-dim"> · {contact.role}</span>}
        </span>
        <strong className={styles.number}>{contact.telephone}</strong>
      </a>
    </li>
  );
}
