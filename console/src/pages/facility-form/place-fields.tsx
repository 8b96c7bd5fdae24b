import { Button, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCountryFacts } from '../../api/country-facts.ts';
import { LocatorMap } from '../../components/locator-map.tsx';
import { type LonLat, readLonLat } from '../../components/locator-projection.ts';
import { Section } from '../../components/page.tsx';
import { writePosition } from './form-model.ts';
import type { FormPart } from './form-part.ts';
import styles from './page.module.css';

interface PlaceFieldsProps extends FormPart {
  readonly unreadable: boolean;
}

/** The position: pasted from a map, taken from this device, or pointed at. */
export function PlaceFields({ form, change, problemAt, unreadable }: PlaceFieldsProps) {
  const { t } = useTranslation();
  const { data } = useCountryFacts();
  const [where, setWhere] = useState<'asking' | 'refused' | null>(null);
  const position = readLonLat(form.position);
  const set = (at: LonLat) => change({ position: writePosition(at) });
  const here = () => {
    setWhere('asking');
    globalThis.navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setWhere(null);
        set([coords.longitude, coords.latitude]);
      },
      () => setWhere('refused'),
      { enableHighAccuracy: true, timeout: 20_000 },
    );
  };
  const bounds = data?.provinces.find((one) => one.code === form.areaCode)?.bounds;
  const middle: LonLat | null = bounds ? [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2] : null;
  const centre = position ?? middle;
  return (
    <Section title={t('register.position')}>
      <div className={styles.place}>
        <div className={styles.stack}>
          <TextInput
            label={t('register.position-field')}
            description={t('register.position-help')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            placeholder="21.028500, 105.854200"
            value={form.position}
            onChange={(event) => change({ position: event.currentTarget.value })}
            error={unreadable ? t('register.position-unreadable') : problemAt('position')}
            inputMode="text"
            size="md"
          />
          <Button variant="default" h={44} onClick={here} loading={where === 'asking'}>
            {t('register.position-here')}
          </Button>
          {where === 'refused' && (
            <Text size="sm" role="alert">
              {t('register.position-refused')}
            </Text>
          )}
        </div>
        <div className={styles.map}>
          {centre === null ? (
            <p className={styles.noMap}>{t('register.area-first')}</p>
          ) : (
            <LocatorMap
              // The view begins anew with another province, and stays while one points.
              key={form.areaCode}
              points={position ? [{ position, kind: 'facility', label: '' }] : []}
              centre={centre}
              leastKm={position ? 4 : 120}
              label={t('register.position-map')}
              onPick={set}
            />
          )}
        </div>
      </div>
    </Section>
  );
}
