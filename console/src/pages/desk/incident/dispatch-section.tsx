import type { IncidentState } from '@keng/model';
import { useTranslation } from 'react-i18next';
import { useSourceTitle } from '../../../api/country-facts.ts';
import { useNameOf, useOrganisationName } from '../../../api/queries.ts';
import { Age } from '../../../components/age.tsx';
import { KeyHint } from '../../../components/key-hint.tsx';
import { SendButton } from '../../../components/send-button.tsx';
import { Tag } from '../../../components/tag.tsx';
import { useDesk } from '../desk-context.tsx';
import styles from './incident-panel.module.css';

export function useResourceText(): (resources: IncidentState['dispatch']['resources']) => string {
  const nameOf = useNameOf('resourceKinds');
  return (resources) => resources.map(({ type, count }) => `${count} × ${nameOf(type)}`).join(' · ');
}

/** What is proposed to go, why, from which rule, and the one key that sends it. */
export function DispatchSection({ incident }: { readonly incident: IncidentState }) {
  const { t } = useTranslation();
  const { can, perform, pending } = useDesk();
  const resourceText = useResourceText();
  const organisationOf = useOrganisationName();
  const titleOf = useSourceTitle();
  const { dispatch } = incident;
  if (dispatch.status === 'none') return <FirstDispatch incident={incident} />;
  const proposed = dispatch.status === 'proposed' && incident.status === 'open';
  return (
    <section className={styles.dispatch} data-status={proposed ? 'proposed' : 'done'} aria-live="polite">
      <h3 className={styles.sectionTitle}>
        <span>{t(`dispatch.${dispatch.status}`)}</span>
        {dispatch.at !== null && <Age at={dispatch.at} />}
      </h3>
      <p className={styles.resources}>{resourceText(dispatch.resources)}</p>
      <ul className={styles.reasons}>
        {dispatch.reasons.map((reason) => (
          <li key={reason}>
            <Tag tone={proposed ? 'warn' : 'plain'}>{t(`reason.${reason}`)}</Tag>
          </li>
        ))}
      </ul>
      {dispatch.by !== null && <p className={styles.facts}>{t('dispatch.by', { name: dispatch.by.name })}</p>}
      {incident.station !== null && (
        <p className={styles.facts}>{t('dispatch.station', { name: organisationOf(incident.station) })}</p>
      )}
      {proposed && can('incident.dispatch') && (
        <SendButton
          fullWidth
          h={48}
          mt={8}
          size="md"
          data-testid="confirm-dispatch"
          loading={pending?.action.name === 'dispatch'}
          onClick={() => perform({ id: incident.id, action: { name: 'dispatch' } })}
        >
          {t('dispatch.confirm')} &nbsp; <KeyHint of="D" />
        </SendButton>
      )}
      {dispatch.source !== null && (
        <p className={styles.source}>
          {t(dispatch.official ? 'dispatch.source-official' : 'dispatch.source', {
            source: titleOf(dispatch.source),
          })}
        </p>
      )}
    </section>
  );
}

/** Nothing is proposed yet, but nobody has to wait for it: what the country pack would send can be sent now, by its button. */
function FirstDispatch({ incident }: { readonly incident: IncidentState }) {
  const { t } = useTranslation();
  const { can, perform, pending } = useDesk();
  const resourceText = useResourceText();
  const titleOf = useSourceTitle();
  const { firstDispatch, status, id } = incident;
  if (firstDispatch === undefined || status === 'closed' || !can('incident.dispatch')) return null;
  return (
    <section className={styles.dispatch}>
      <div className={styles.contact}>
        <span className={styles.contactName} title={titleOf(firstDispatch.source)}>
          {t('dispatch.first')} <strong>{resourceText(firstDispatch.resources)}</strong>
        </span>
        <SendButton
          variant="default"
          h={44}
          loading={pending?.action.name === 'dispatch'}
          onClick={() => perform({ id, action: { name: 'dispatch' } })}
        >
          {t('dispatch.confirm')}
        </SendButton>
      </div>
    </section>
  );
}
