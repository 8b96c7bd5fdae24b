import { CONTACT_WAYS, type ContactPreference, type ContactWay } from '@keng/model';
import { Button, Checkbox, Group, Select, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ContactSettings, type SettingsPlace, savePreference } from '../../api/contact-settings.ts';
import { ProblemNote } from '../../components/problem-note.tsx';
import { isLanguage, LANGUAGES } from '../../languages.ts';
import styles from './contact-settings.module.css';
import { PushButton } from './push-button.tsx';

interface ContactSettingsFormProps {
  readonly settings: ContactSettings;
  readonly place: SettingsPlace;
  readonly onChange: (settings: ContactSettings) => void;
}

const USUAL: ContactPreference = { ways: ['sms'], language: null, quiet: null };
const USUAL_QUIET = { from: '22:00', until: '06:00' } as const;
const OWN_NAMES = { vi: 'Tiếng Việt', en: 'English', ru: 'Русский', zh: '中文' } as const;

/** How a contact is told what is not urgent. A fire alarm asks none of this: it goes every way at once, at any hour. */
export function ContactSettingsForm({ settings, place, onChange }: ContactSettingsFormProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(settings.preference ?? USUAL);
  const save = useMutation({ mutationFn: () => savePreference(place, draft), onSuccess: onChange });
  const changed = JSON.stringify(draft) !== JSON.stringify(settings.preference ?? USUAL);
  const id = useId();
  const toggle = (way: ContactWay, on: boolean) => {
    const ways = on ? [...draft.ways, way] : draft.ways.filter((one) => one !== way);
    // One way is left, or nobody would be told.
    if (ways.length > 0) setDraft({ ...draft, ways });
  };
  return (
    <div className={styles.form}>
      <p className={styles.always}>{t('ways-out.fire-always')}</p>
      <fieldset className={styles.ways}>
        <legend>{t('ways-out.ways')}</legend>
        {CONTACT_WAYS.map((way) => (
          <Checkbox
            key={way}
            size="md"
            label={
              <>
                {t(`ways-out.way-${way}`)}
                {draft.ways.includes(way) && draft.ways.length > 1 && (
                  <span className="k-dim"> · {draft.ways.indexOf(way) + 1}</span>
                )}
              </>
            }
            description={way === 'email' && !settings.hasEmail ? t('ways-out.no-email') : undefined}
            checked={draft.ways.includes(way)}
            onChange={(event) => toggle(way, event.currentTarget.checked)}
          />
        ))}
        <Text size="sm" c="dimmed">
          {t('ways-out.order')}
        </Text>
      </fieldset>
      <PushButton settings={settings} place={place} onChange={onChange} />
      <Select
        label={t('ways-out.language')}
        data={[
          { value: '', label: t('ways-out.language-register') },
          ...LANGUAGES.map((one) => ({ value: one, label: OWN_NAMES[one] })),
        ]}
        value={draft.language ?? ''}
        allowDeselect={false}
        onChange={(value) => setDraft({ ...draft, language: isLanguage(value) ? value : null })}
        size="md"
      />
      <fieldset className={styles.ways}>
        <legend>{t('ways-out.quiet')}</legend>
        <Checkbox
          size="md"
          label={t('ways-out.quiet-on')}
          checked={draft.quiet !== null}
          onChange={(event) =>
            setDraft({ ...draft, quiet: event.currentTarget.checked ? USUAL_QUIET : null })
          }
        />
        {draft.quiet !== null && (
          <Group gap="sm">
            <TextInput
              id={`${id}-from`}
              type="time"
              label={t('ways-out.quiet-from')}
              value={draft.quiet.from}
              onChange={(event) =>
                setDraft({
                  ...draft,
                  quiet: { until: draft.quiet?.until ?? USUAL_QUIET.until, from: event.currentTarget.value },
                })
              }
              size="md"
            />
            <TextInput
              id={`${id}-until`}
              type="time"
              label={t('ways-out.quiet-until')}
              value={draft.quiet.until}
              onChange={(event) =>
                setDraft({
                  ...draft,
                  quiet: { from: draft.quiet?.from ?? USUAL_QUIET.from, until: event.currentTarget.value },
                })
              }
              size="md"
            />
          </Group>
        )}
      </fieldset>
      <Group gap="md">
        <Button h={44} disabled={!changed} loading={save.isPending} onClick={() => save.mutate()}>
          {t('ways-out.save')}
        </Button>
        <span role="status">{save.isSuccess && !changed && t('ways-out.saved')}</span>
      </Group>
      <ProblemNote error={save.error} />
    </div>
  );
}
