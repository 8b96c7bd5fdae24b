import type { Transmitter } from '@keng/model';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nameAmong, useCountryFacts } from '../../api/country-facts.ts';
import { type DutyCheckItem, useDutyChecks } from '../../api/duty-checks.ts';
import type { DeviceHealth, FacilityView } from '../../api/facilities.ts';
import { type LastMeasurement, useMeasurements } from '../../api/measurements.ts';
import { Age } from '../../components/age.tsx';
import { Mono } from '../../components/data-table.tsx';
import { PROTOCOL_NAMES } from '../../components/protocol-names.ts';
import { Tag } from '../../components/tag.tsx';
import { useSession } from '../../session/session-context.tsx';
import { DeviceLine, LastHeard, OpenFaults } from '../devices/device-health.tsx';
import { KeyDialog } from './key-dialog.tsx';
import styles from './page.module.css';
import { TransmitterDutyCheck } from './transmitter-duty-check.tsx';
import { TransmitterMeasurements } from './transmitter-measurements.tsx';
import { ZoneGrid } from './zone-grid.tsx';

/** Each transmitter with its health and its zones. */
export function TransmitterList({ facility }: { readonly facility: FacilityView }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const { transmitters, health = [] } = facility;
  const measured = useMeasurements(facility.id, can('device.read') && transmitters.length > 0);
  const checks = useDutyChecks(facility.id, can('device.read') && transmitters.length > 0);
  if (transmitters.length === 0) return <p className={styles.padded}>{t('register.no-transmitter')}</p>;
  return transmitters.map((one) => (
    <TransmitterCard
      key={one.id}
      facility={facility}
      transmitter={one}
      device={health.find((state) => state.transmitterId === one.id) ?? null}
      lastCheck={checks.data?.dutyChecks.find((check) => check.transmitterId === one.id) ?? null}
      measured={measured.data?.values.filter((value) => value.transmitterId === one.id) ?? []}
    />
  ));
}

interface TransmitterCardProps {
  readonly facility: FacilityView;
  readonly transmitter: Transmitter;
  readonly device: DeviceHealth | null;
  readonly measured: readonly LastMeasurement[];
  readonly lastCheck: DutyCheckItem | null;
}

function TransmitterCard({ facility, transmitter, device, measured, lastCheck }: TransmitterCardProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const [setting, set] = useState(false);
  const { account, protocol, model, encrypted, reportingSeconds, zones } = transmitter;
  const { data: facts } = useCountryFacts();
  const code = transmitter.category ?? null;
  const category = code === null ? null : nameAmong(facts?.supervisionCategories, code);
  const paths = transmitter.paths ?? [];
  return (
    <article className={styles.transmitter} aria-label={t('register.account-of', { account })}>
      <div className={styles.transmitterHead}>
        <Mono>{account}</Mono>
        <span className="k-dim">{[PROTOCOL_NAMES[protocol], model].filter(Boolean).join(' · ')}</span>
        {device && <DeviceLine device={{ ...device, reportingSeconds, changedAt: device.linkChangedAt }} />}
        <Tag tone={encrypted ? 'good' : 'plain'}>
          {encrypted ? t('register.with-key') : t('register.without-key')}
        </Tag>
        <span className={styles.fill} />
        {can('device.key') && protocol !== 'gb26875' && (
          <Button variant="subtle" h={44} onClick={() => set(true)}>
            {t('register.set-key')}
          </Button>
        )}
      </div>
      <p className={styles.health}>
        <span>
          {reportingSeconds === null
            ? t('register.not-supervised')
            : t('register.supervised', { seconds: reportingSeconds })}
          {category !== null && ` · ${category}`}
        </span>
        {paths.map((path, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is what makes it the primary path
          <span key={index}>
            {t(`supervision.path-${index === 0 ? 'primary' : 'alternative'}`)}:{' '}
            {[t(`supervision.medium-${path.medium}`), path.carrier].filter(Boolean).join(' · ')}
          </span>
        ))}
        <span>
          {t('register.last-heard')} <LastHeard at={device?.lastHeardAt ?? null} />
        </span>
        <span>
          {t('register.last-test')}{' '}
          {device?.lastTestAt ? <Age at={device.lastTestAt} /> : t('register.never')}
        </span>
      </p>
      <OpenFaults device={device} />
      {can('device.read') && <TransmitterDutyCheck transmitter={transmitter} last={lastCheck} />}
      <TransmitterMeasurements values={measured} />
      <ZoneGrid zones={zones} transmitterId={transmitter.id} />
      <KeyDialog
        facility={facility.id}
        transmitter={transmitter}
        opened={setting}
        onClose={() => set(false)}
      />
    </article>
  );
}
