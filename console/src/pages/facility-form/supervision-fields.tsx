import { PATH_MEDIA } from '@keng/model';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCountryFacts } from '../../api/country-facts.ts';
import { localName } from '../../api/queries.ts';
import { emptyPath, type PathRow, type TransmitterRow } from './form-model.ts';
import { replaced } from './form-part.ts';
import styles from './page.module.css';
import own from './supervision-fields.module.css';

const MOST_PATHS = 2;
const LISTENERS = ['', 'dc09-tcp', 'dc09-udp', 'gb26875-tcp', 'device-api', 'mqtt'] as const;

interface SupervisionFieldsProps {
  readonly device: TransmitterRow;
  readonly problemAt: (field: string) => string | undefined;
  readonly onChange: (next: Partial<TransmitterRow>) => void;
}

/** How soon its silence is noticed: by a category of the country, or a time of its own; and by which ways it speaks. */
export function SupervisionFields({ device, problemAt, onChange }: SupervisionFieldsProps) {
  const { t } = useTranslation();
  const { data } = useCountryFacts();
  const categories = data?.supervisionCategories ?? [];
  const chosen = categories.find((one) => one.code === device.category);
  return (
    <>
      <div className={styles.fields}>
        <NativeSelect
          label={t('supervision.category')}
          description={chosen === undefined ? t('supervision.category-help') : localName(chosen.source)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={device.category}
          onChange={(event) => {
            const category = event.currentTarget.value;
            const seconds = categories.find((one) => one.code === category)?.seconds;
            onChange({ category, ...(seconds === undefined ? {} : { reportingSeconds: String(seconds) }) });
          }}
          data={[
            { value: '', label: t('supervision.own-time') },
            ...categories.map((one) => ({ value: one.code, label: localName(one.names) })),
          ]}
          error={problemAt('category')}
        />
        <TextInput
          label={t('register.reporting')}
          description={t('register.reporting-help')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={device.reportingSeconds}
          onChange={(event) => onChange({ reportingSeconds: event.currentTarget.value })}
          error={problemAt('reportingSeconds')}
          inputMode="numeric"
          disabled={chosen !== undefined}
        />
      </div>
      {problemAt('paths') !== undefined && (
        <p className={styles.problem} role="alert">
          {problemAt('paths')}
        </p>
      )}
      {device.paths.map((path, index) => (
        <Path
          key={path.key}
          path={path}
          number={index + 1}
          dc09={device.protocol === 'dc09'}
          problemAt={(field) => problemAt(`paths.${index}.${field}`)}
          onChange={(next) => onChange({ paths: replaced(device.paths, path.key, next) })}
        />
      ))}
      <Button
        variant="subtle"
        h={44}
        disabled={device.paths.length >= MOST_PATHS}
        onClick={() =>
          onChange({ paths: [...device.paths, emptyPath(device.paths.length === 0 ? 'lan' : 'mobile')] })
        }
      >
        {t('supervision.path-add')}
      </Button>
    </>
  );
}

interface PathProps {
  readonly path: PathRow;
  readonly number: number;
  /** Only its frames have a line and a receiver number. */
  readonly dc09: boolean;
  readonly problemAt: (field: string) => string | undefined;
  readonly onChange: (next: Partial<PathRow> | null) => void;
}

function Path({ path, number, dc09, problemAt, onChange }: PathProps) {
  const { t } = useTranslation();
  return (
    <fieldset className={own.path}>
      <legend>{t(`supervision.path-${number === 1 ? 'primary' : 'alternative'}`)}</legend>
      <div className={styles.fields}>
        <NativeSelect
          label={t('supervision.medium')}
          value={path.medium}
          onChange={(event) => {
            const medium = PATH_MEDIA.find((one) => one === event.currentTarget.value);
            if (medium) onChange({ medium });
          }}
          data={PATH_MEDIA.map((value) => ({ value, label: t(`supervision.medium-${value}`) }))}
        />
        <TextInput
          label={t('supervision.carrier')}
          value={path.carrier}
          onChange={(event) => onChange({ carrier: event.currentTarget.value })}
          error={problemAt('carrier')}
          maxLength={32}
        />
        <NativeSelect
          label={t('supervision.listener')}
          value={path.listener}
          onChange={(event) => onChange({ listener: event.currentTarget.value })}
          data={LISTENERS.map((value) => ({ value, label: value === '' ? t('supervision.any') : value }))}
        />
        {dc09 && (
          <TextInput
            label={t('supervision.line')}
            description={t('supervision.number-help')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={path.line}
            onChange={(event) => onChange({ line: event.currentTarget.value })}
            error={problemAt('line')}
            maxLength={7}
          />
        )}
        {dc09 && (
          <TextInput
            label={t('supervision.receiver')}
            description={t('supervision.number-help')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={path.receiver}
            onChange={(event) => onChange({ receiver: event.currentTarget.value })}
            error={problemAt('receiver')}
            maxLength={7}
          />
        )}
        <TextInput
          label={t('supervision.networks')}
          description={t('supervision.networks-help')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={path.networks}
          onChange={(event) => onChange({ networks: event.currentTarget.value })}
          error={problemAt('networks')}
        />
        <Button className={styles.end} variant="default" h={36} onClick={() => onChange(null)}>
          {t('supervision.path-remove')}
        </Button>
      </div>
    </fieldset>
  );
}
