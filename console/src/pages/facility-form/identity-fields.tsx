import { SegmentedControl, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCountryFacts } from '../../api/country-facts.ts';
import { localName, useOrganisations } from '../../api/queries.ts';
import { Section } from '../../components/page.tsx';
import type { FormPart } from './form-part.ts';
import styles from './page.module.css';

/** Name, use, and who is answerable. */
export function IdentityFields({ form, change, problemAt }: FormPart) {
  const { t } = useTranslation();
  const { data } = useCountryFacts();
  const organisations = useOrganisations();
  const answerable = (organisations.data ?? []).filter((one) => one.areaCode === form.areaCode);
  return (
    <Section title={t('register.identity')}>
      <div className={styles.fields}>
        <TextInput
          className={styles.wide}
          label={t('register.name')}
          value={form.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
          error={problemAt('name')}
          required
          maxLength={300}
          size="md"
        />
        <TextInput
          label={t('register.reference')}
          description={t('register.reference-help')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={form.reference}
          onChange={(event) => change({ reference: event.currentTarget.value })}
          error={problemAt('reference')}
          maxLength={64}
          size="md"
        />
        <TextInput
          className={styles.wide}
          label={t('register.address')}
          value={form.address}
          onChange={(event) => change({ address: event.currentTarget.value })}
          error={problemAt('address')}
          required
          maxLength={500}
          size="md"
        />
        <Select
          label={t('register.category')}
          data={(data?.categories ?? []).map(({ code, names }) => ({ value: code, label: localName(names) }))}
          value={form.category || null}
          onChange={(category) => change({ category: category ?? '' })}
          error={problemAt('category')}
          searchable
          required
          size="md"
        />
        <Select
          label={t('register.area')}
          data={(data?.provinces ?? []).map(({ code, names }) => ({ value: code, label: localName(names) }))}
          value={form.areaCode || null}
          // The station of another province would be refused.
          onChange={(areaCode) => change({ areaCode: areaCode ?? '', organisation: '' })}
          error={problemAt('areaCode')}
          searchable
          required
          size="md"
        />
        <TextInput
          label={t('register.commune')}
          description={t('register.commune-help')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={form.communeName}
          onChange={(event) => change({ communeName: event.currentTarget.value })}
          error={problemAt('communeCode') ?? problemAt('communeName')}
          maxLength={200}
          size="md"
        />
        <Select
          label={t('register.organisation')}
          data={answerable.map(({ code, name }) => ({ value: code, label: localName(name) }))}
          value={form.organisation || null}
          onChange={(organisation) => change({ organisation: organisation ?? '' })}
          error={problemAt('organisation')}
          nothingFoundMessage={t('register.area-first')}
          searchable
          required
          size="md"
        />
        <div>
          <span className={styles.label} id="managing-level">
            {t('register.level')}
          </span>
          <SegmentedControl
            aria-labelledby="managing-level"
            fullWidth
            value={form.managingLevel}
            onChange={(managingLevel) => change({ managingLevel })}
            data={[
              { value: 'province', label: t('register.level-province') },
              { value: 'commune', label: t('register.level-commune') },
            ]}
          />
        </div>
      </div>
    </Section>
  );
}
