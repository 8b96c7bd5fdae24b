import { ActionIcon, Button, NativeSelect, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { nameAmong, useCountryFacts } from '../../api/country-facts.ts';
import { localName } from '../../api/queries.ts';
import { Section } from '../../components/page.tsx';
import { emptyWater, type WaterRow } from './form-model.ts';
import { type FormPart, replaced } from './form-part.ts';
import styles from './page.module.css';

const WATER_KINDS = ['hydrant', 'tank', 'pond', 'river', 'other'] as const;

/** What a team finds: hazards (the country's words, or one's own), own force, water. */
export function SiteFields(part: FormPart) {
  const { form, change, problemAt } = part;
  const { t } = useTranslation();
  const { data } = useCountryFacts();
  const known = data?.words.hazards ?? [];
  const codeOf = (label: string) => known.find((one) => localName(one.names) === label)?.code ?? label;
  return (
    <Section title={t('register.site')}>
      <div className={styles.fields}>
        <TagsInput
          className={styles.all}
          label={t('register.hazards')}
          description={t('register.hazards-help')}
          data={known.map(({ names }) => localName(names))}
          value={form.hazards.map((code) => nameAmong(known, code))}
          onChange={(labels) => change({ hazards: labels.map(codeOf) })}
          error={problemAt('hazards')}
          size="md"
        />
        <TextInput
          label={t('register.force-people')}
          value={form.forcePeople}
          onChange={(event) => change({ forcePeople: event.currentTarget.value })}
          error={problemAt('onSiteForce')}
          inputMode="numeric"
          size="md"
        />
        <TextInput
          className={styles.wide}
          label={t('register.force-description')}
          value={form.forceDescription}
          onChange={(event) => change({ forceDescription: event.currentTarget.value })}
          maxLength={500}
          size="md"
        />
      </div>
      <WaterRows {...part} />
    </Section>
  );
}

function WaterRows({ form, change, problemAt }: FormPart) {
  const { t } = useTranslation();
  const { water } = form;
  const set = (key: string, next: Partial<WaterRow> | null) => change({ water: replaced(water, key, next) });
  return (
    <fieldset className={styles.water}>
      <legend className={styles.label}>{t('register.water')}</legend>
      {water.map((one, index) => (
        <div key={one.key} className={styles.waterRow}>
          <NativeSelect
            aria-label={t('register.water-kind')}
            data={WATER_KINDS.map((kind) => ({ value: kind, label: t(`register.water-${kind}`) }))}
            value={one.kind}
            onChange={(event) => {
              const kind = WATER_KINDS.find((name) => name === event.currentTarget.value);
              if (kind) set(one.key, { kind });
            }}
          />
          <TextInput
            aria-label={t('register.water-where')}
            placeholder={t('register.water-where')}
            value={one.description}
            onChange={(event) => set(one.key, { description: event.currentTarget.value })}
            error={problemAt(`water.${index}.description`)}
            maxLength={300}
          />
          <TextInput
            aria-label={t('register.water-capacity')}
            placeholder="m³"
            value={one.capacityM3}
            onChange={(event) => set(one.key, { capacityM3: event.currentTarget.value })}
            error={problemAt(`water.${index}.capacityM3`)}
            inputMode="decimal"
          />
          <ActionIcon
            variant="default"
            size={36}
            aria-label={t('register.water-remove', { place: index + 1 })}
            onClick={() => set(one.key, null)}
          >
            ×
          </ActionIcon>
        </div>
      ))}
      <Button variant="subtle" h={44} onClick={() => change({ water: [...water, emptyWater()] })}>
        {t('register.water-add')}
      </Button>
    </fieldset>
  );
}
