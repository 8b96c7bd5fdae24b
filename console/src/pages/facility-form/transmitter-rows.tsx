import { TRANSMITTER_PROTOCOLS, ZONE_KINDS } from '@keng/model';
import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../components/page.tsx';
import { PROTOCOL_NAMES } from '../../components/protocol-names.ts';
import { emptyTransmitter, emptyZone, nextZone, type TransmitterRow, type ZoneRow } from './form-model.ts';
import { type FormPart, replaced } from './form-part.ts';
import styles from './page.module.css';
import { SupervisionFields } from './supervision-fields.tsx';

const MOST = 50;

/** Devices with their zones. Keys are set on the page of the facility, once the device is registered. */
export function TransmitterRows({ form, change, problemAt }: FormPart) {
  const { t } = useTranslation();
  const { transmitters } = form;
  return (
    <Section
      title={t('register.transmitters')}
      actions={
        <Button
          variant="subtle"
          h={44}
          disabled={transmitters.length >= MOST}
          onClick={() => change({ transmitters: [...transmitters, emptyTransmitter()] })}
        >
          {t('register.transmitter-add')}
        </Button>
      }
    >
      {transmitters.length === 0 && <p className="k-dim">{t('register.no-transmitter')}</p>}
      {transmitters.map((one, index) => (
        <Device
          key={one.key}
          device={one}
          problemAt={(field) => problemAt(`transmitters.${index}.${field}`)}
          onChange={(next) => change({ transmitters: replaced(transmitters, one.key, next) })}
        />
      ))}
    </Section>
  );
}

interface DeviceProps {
  readonly device: TransmitterRow;
  readonly problemAt: (field: string) => string | undefined;
  readonly onChange: (next: Partial<TransmitterRow> | null) => void;
}

function Device({ device, problemAt, onChange }: DeviceProps) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.device}>
      <legend className="k-visually-hidden">{t('register.account-of', { account: device.account })}</legend>
      <div className={styles.fields}>
        <NativeSelect
          label={t('register.protocol')}
          value={device.protocol}
          onChange={(event) =>
            onChange({
              protocol: TRANSMITTER_PROTOCOLS.find((one) => one === event.currentTarget.value) ?? 'dc09',
            })
          }
          data={TRANSMITTER_PROTOCOLS.map((value) => ({ value, label: PROTOCOL_NAMES[value] }))}
        />
        <TextInput
          label={t('register.account')}
          description={t(device.protocol === 'gb26875' ? 'register.address-help' : 'register.account-help')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={device.account}
          onChange={(event) => onChange({ account: event.currentTarget.value })}
          error={problemAt('account')}
          pattern={device.protocol === 'gb26875' ? '[0-9A-Fa-f ]{1,12}' : '[0-9A-Fa-f ]{3,16}'}
          required
        />
        <TextInput
          label={t('register.model')}
          description={t('common.optional')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={device.model}
          onChange={(event) => onChange({ model: event.currentTarget.value })}
          error={problemAt('model')}
          maxLength={100}
        />
        <Button className={styles.end} variant="default" h={36} onClick={() => onChange(null)}>
          {t('register.transmitter-remove')}
        </Button>
      </div>
      <SupervisionFields device={device} problemAt={problemAt} onChange={onChange} />
      <Zones
        zones={device.zones}
        problem={problemAt('zones')}
        problemAt={problemAt}
        onChange={(zones) => onChange({ zones })}
      />
    </fieldset>
  );
}

interface ZonesProps {
  readonly zones: readonly ZoneRow[];
  readonly problem: string | undefined;
  readonly problemAt: (field: string) => string | undefined;
  readonly onChange: (zones: readonly ZoneRow[]) => void;
}

function Zones({ zones, problem, problemAt, onChange }: ZonesProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.zones}>
      {problem !== undefined && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
      <table>
        <thead>
          <tr>
            <th scope="col">{t('register.zone-number')}</th>
            <th scope="col">{t('register.zone-label')}</th>
            <th scope="col">{t('register.zone-kind')}</th>
            <th scope="col">
              <span className="k-visually-hidden">{t('register.zone-remove')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {zones.map((zone, index) => (
            <tr key={zone.key}>
              <td>
                <TextInput
                  aria-label={t('register.zone-number')}
                  value={zone.number}
                  onChange={(event) =>
                    onChange(replaced(zones, zone.key, { number: event.currentTarget.value }))
                  }
                  error={problemAt(`zones.${index}.number`)}
                  required
                  maxLength={32}
                />
              </td>
              <td>
                <TextInput
                  aria-label={t('register.zone-label')}
                  value={zone.label}
                  onChange={(event) =>
                    onChange(replaced(zones, zone.key, { label: event.currentTarget.value }))
                  }
                  error={problemAt(`zones.${index}.label`)}
                  maxLength={200}
                />
              </td>
              <td>
                <NativeSelect
                  aria-label={t('register.zone-kind')}
                  data={ZONE_KINDS.map((kind) => ({ value: kind, label: t(`register.kind-${kind}`) }))}
                  value={zone.kind}
                  onChange={(event) => {
                    const kind = ZONE_KINDS.find((one) => one === event.currentTarget.value);
                    if (kind) onChange(replaced(zones, zone.key, { kind }));
                  }}
                />
              </td>
              <td>
                <ActionIcon
                  variant="default"
                  size={36}
                  aria-label={`${t('register.zone-remove')} ${zone.number}`}
                  onClick={() => onChange(replaced(zones, zone.key, null))}
                >
                  ×
                </ActionIcon>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button variant="subtle" h={44} onClick={() => onChange([...zones, emptyZone(nextZone(zones))])}>
        {t('register.zone-add')}
      </Button>
    </div>
  );
}
