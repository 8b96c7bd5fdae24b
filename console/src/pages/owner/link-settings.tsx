import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ContactSettings, loadSettings, placeOfLink } from '../../api/contact-settings.ts';
import { AsyncState } from '../../components/async-state.tsx';
import styles from './contact-settings.module.css';
import { ContactSettingsForm } from './contact-settings.tsx';

/** Below the alarm, folded: asked for only when somebody opens it, so that it takes nothing from a poor line. */
export function LinkSettings({ token }: { readonly token: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <details className={styles.fold} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('ways-out.title')}</summary>
      {open && <Loaded token={token} />}
    </details>
  );
}

function Loaded({ token }: { readonly token: string }) {
  const queries = useQueryClient();
  const key = ['contact-settings', token];
  const query = useQuery({ queryKey: key, queryFn: () => loadSettings(token) });
  return (
    <AsyncState query={query}>
      {(settings) => (
        <ContactSettingsForm
          settings={settings}
          place={placeOfLink(token)}
          onChange={(next: ContactSettings) => queries.setQueryData(key, next)}
        />
      )}
    </AsyncState>
  );
}
