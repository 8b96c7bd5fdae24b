import type { LogEntry, SignalEvent } from '@keng/model';
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import type { FacilityView } from '../../api/facilities.ts';
import { Age } from '../../components/age.tsx';
import { Mono } from '../../components/data-table.tsx';
import { Facts } from '../../components/facts.tsx';
import { type LinkEntry, linkWords } from '../../components/link-words.ts';
import { Tag } from '../../components/tag.tsx';
import { When } from '../../components/when.tsx';
import { hexDump } from './hex-dump.ts';
import styles from './page.module.css';
import type { SignalLine } from './signal-lines.ts';

interface SignalLineViewProps {
  readonly line: SignalLine;
  readonly facility: FacilityView;
}

/** One line; a frame opens to its decoded members and its bytes. */
export function SignalLineView({ line, facility }: SignalLineViewProps) {
  const { t } = useTranslation();
  const { at } = line.entry;
  if (line.what === 'frame') return <FrameLine line={line} facility={facility} />;
  return (
    <li className={styles.signal}>
      <When at={at} />
      {line.what === 'link' ? (
        <LinkTag entry={line.entry} />
      ) : (
        <Tag tone="warn">{t('register.muted', { zone: line.entry.body.zone ?? '–' })}</Tag>
      )}
    </li>
  );
}

function LinkTag({ entry }: { readonly entry: LinkEntry }) {
  const { t } = useTranslation();
  const { key, params, lost } = linkWords(entry);
  return <Tag tone={lost ? 'warn' : 'good'}>{t(`chronology.${key}`, params)}</Tag>;
}

type Frame = Extract<SignalLine, { readonly what: 'frame' }>;

function FrameLine({ line, facility }: { readonly line: Frame; readonly facility: FacilityView }) {
  const { t } = useTranslation();
  const { entry, mutedBy } = line;
  return (
    <li>
      <details className={styles.frame}>
        <summary className={styles.signal}>
          <When at={entry.at} />
          <span className={styles.events}>
            {entry.body.events.length === 0 ? (
              <span className="k-dim">{t('register.no-event')}</span>
            ) : (
              entry.body.events.map((event, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the events of a frame never change their order
                <EventWords key={index} event={event} facility={facility} />
              ))
            )}
          </span>
          {entry.kind === 'signal.refused' && <Tag tone="fire">{t('register.refused')}</Tag>}
          {mutedBy !== null && <Tag tone="warn">{t('register.muted-by-works')}</Tag>}
        </summary>
        <FrameDetails entry={entry} />
      </details>
    </li>
  );
}

function EventWords({ event, facility }: { readonly event: SignalEvent; readonly facility: FacilityView }) {
  const { t } = useTranslation();
  const zone = facility.transmitters
    .flatMap((one) => one.zones)
    .find((one) => Number(one.number) === Number(event.zone));
  const alarm = event.class === 'alarm' || event.class === 'unverified';
  return (
    <span>
      <strong className={alarm ? styles.alarmWord : undefined}>
        {t(`family.${event.family}`)}: {t(`class.${event.class}`)}
      </strong>
      {event.zone !== null && (
        <span className="k-dim"> · {zone ? zone.label : t('signal.zone', { zone: event.zone })}</span>
      )}
    </span>
  );
}

function FrameDetails({
  entry,
}: {
  readonly entry: LogEntry<'signal.received'> | LogEntry<'signal.refused'>;
}) {
  const { t } = useTranslation();
  const { body } = entry;
  const codes = body.events.map((one) => [one.code, one.area, one.zone].filter(Boolean).join('/')).join(', ');
  return (
    <div className={styles.details}>
      <Facts
        of={[
          ...(entry.kind === 'signal.refused'
            ? ([[t('register.reason'), reasonOf(entry.body.reason, entry.body.suppressed)]] as const)
            : []),
          [t('register.received'), <Age key="at" at={entry.recordedAt} />],
          [t('register.device-at'), body.deviceAt && <When key="device" at={body.deviceAt} />],
          [t('register.account'), <Mono key="account">{body.account}</Mono>],
          [t('register.sequence'), [body.line, body.sequence].filter(Boolean).join(' ')],
          [t('register.codes'), <Mono key="codes">{codes}</Mono>],
          [t('register.sender'), `${body.remote} → ${body.receiver}, ${body.protocol}`],
          [t('register.encrypted'), body.encrypted ? t('common.yes') : t('common.no')],
          [t('register.quirks'), body.quirks.join(', ')],
          [
            t('register.text'),
            body.events
              .map((one) => one.text)
              .filter(Boolean)
              .join(' · '),
          ],
        ]}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <pre className={styles.hex} tabIndex={0}>
        {hexDump(body.raw)
          .map(({ offset, hex, text }) => `${offset}  ${hex.padEnd(47)}  ${text}`)
          .join('\n')}
      </pre>
    </div>
  );
}

function reasonOf(reason: string, suppressed: number): string {
  const key = `refused.reason-${reason}`;
  const words = i18next.exists(key) ? i18next.t(key) : reason;
  return suppressed === 0 ? words : `${words}, ${i18next.t('refused.suppressed', { count: suppressed })}`;
}
