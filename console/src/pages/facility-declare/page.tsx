import { Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FacilityView } from '../../api/facilities.ts';
import { declare } from '../../api/facility-safety.ts';
import { problemsByField } from '../../api/field-problems.ts';
import { FormFoot } from '../../components/form-frame.tsx';
import { PageFrame, Section } from '../../components/page.tsx';
import type { PageProps } from '../../routes.tsx';
import { ContactRows } from '../facility-form/contact-rows.tsx';
import { type FacilityForm, formOf, inputOf } from '../facility-form/form-model.ts';
import styles from '../facility-form/page.module.css';
import { SiteFields } from '../facility-form/site-fields.tsx';
import { FacilityOfAddress, useOwnersForm } from '../my-facilities/own-facility.tsx';

/** The owner declares or corrects what the register says; it changes when the police accept it. */
export function Page({ params }: PageProps) {
  return (
    <FacilityOfAddress params={params}>
      {(facility) => <Form key={facility.id} facility={facility} />}
    </FacilityOfAddress>
  );
}

function Form({ facility }: { readonly facility: FacilityView }) {
  const { t } = useTranslation();
  const [form, setForm] = useState<FacilityForm>(() => formOf(facility));
  const [note, setNote] = useState('');
  const { error, pending, back, send } = useOwnersForm(facility);
  const problemAt = problemsByField(error);
  const change = (part: Partial<FacilityForm>) => setForm((now) => ({ ...now, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { name, address, contacts, hazards, onSiteForce, water } = inputOf(form);
    // Ids come from the facility as it was read: the schema of the centre checks them.
    const facts = { name, address, contacts, hazards, onSiteForce, water } as Parameters<typeof declare>[1];
    send(declare(facility.id, facts, note));
  };
  return (
    <PageFrame width="form" title={t('portal.declare')} beside={facility.name}>
      <form onSubmit={submit} className={styles.form}>
        <Text c="dimmed">{t('portal.declare-help')}</Text>
        <Section title={t('register.place')}>
          <Stack>
            <TextInput
              label={t('register.name')}
              value={form.name}
              onChange={(event) => change({ name: event.currentTarget.value })}
              error={problemAt('name')}
              required
              size="md"
            />
            <TextInput
              label={t('register.address')}
              value={form.address}
              onChange={(event) => change({ address: event.currentTarget.value })}
              error={problemAt('address')}
              required
              size="md"
            />
          </Stack>
        </Section>
        <ContactRows form={form} change={change} problemAt={problemAt} />
        <SiteFields form={form} change={change} problemAt={problemAt} />
        <Section title={t('portal.note')}>
          <Textarea
            aria-label={t('portal.note')}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            maxLength={1_000}
            autosize
            minRows={2}
            size="md"
          />
        </Section>
        <div className={styles.foot}>
          <FormFoot error={error} pending={pending} action={t('portal.send')} height={48} onCancel={back} />
        </div>
      </form>
    </PageFrame>
  );
}
