import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { type FacilityView, useFacility, useSaveFacility } from '../../api/facilities.ts';
import { problemsByField } from '../../api/field-problems.ts';
import { AsyncState } from '../../components/async-state.tsx';
import { FormFoot } from '../../components/form-frame.tsx';
import { PageFrame } from '../../components/page.tsx';
import type { PageProps } from '../../routes.tsx';
import { ContactRows } from './contact-rows.tsx';
import { emptyForm, type FacilityForm, formOf, inputOf, positionUnreadable } from './form-model.ts';
import { IdentityFields } from './identity-fields.tsx';
import styles from './page.module.css';
import { PlaceFields } from './place-fields.tsx';
import { SiteFields } from './site-fields.tsx';
import { TransmitterRows } from './transmitter-rows.tsx';

/** Registers a facility, or changes one. */
export function Page({ params }: PageProps) {
  const id = params.id ?? null;
  const query = useFacility(id);
  if (id === null) return <Editor facility={null} />;
  return (
    <AsyncState query={query}>{(facility) => <Editor key={facility.id} facility={facility} />}</AsyncState>
  );
}

function Editor({ facility }: { readonly facility: FacilityView | null }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [form, setForm] = useState<FacilityForm>(() => (facility === null ? emptyForm() : formOf(facility)));
  const [unreadable, setUnreadable] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  const saving = useSaveFacility();
  const back = facility === null ? '/facilities' : `/facilities/${facility.id}`;
  const problemAt = problemsByField(saving.error);
  const change = (part: Partial<FacilityForm>) => setForm((now) => ({ ...now, ...part }));

  // The first field at fault, so that nobody has to look for it in a long form.
  useEffect(() => {
    if (saving.error !== null) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [saving.error]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setUnreadable(positionUnreadable(form));
    if (positionUnreadable(form)) return;
    saving.mutate(
      { id: facility?.id ?? null, revision: facility?.revision ?? null, input: inputOf(form) },
      { onSuccess: (saved) => navigate(`/facilities/${saved.id}`) },
    );
  };
  const parts = { form, change, problemAt } as const;
  return (
    <PageFrame
      width="form"
      title={facility === null ? t('register.new') : t('register.edit')}
      beside={facility?.name ?? undefined}
    >
      <form ref={element} onSubmit={submit} className={styles.form}>
        <IdentityFields {...parts} />
        <PlaceFields {...parts} unreadable={unreadable} />
        <ContactRows {...parts} />
        <TransmitterRows {...parts} />
        <SiteFields {...parts} />
        <div className={styles.foot}>
          <FormFoot error={saving.error} pending={saving.isPending} onCancel={() => navigate(back)} />
        </div>
      </form>
    </PageFrame>
  );
}
