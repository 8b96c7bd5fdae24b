import type { DutyCheckState } from '@keng/model';
import { useTranslation } from 'react-i18next';
import { Tag } from '../../components/tag.tsx';
import { When } from '../../components/when.tsx';

/** What became of one question to a control room: nobody there is what somebody must see. */
export function DutyCheckLine({ of: one }: { readonly of: DutyCheckState }) {
  const { t } = useTranslation();
  if (one.answeredAt !== null)
    return (
      <>
        <Tag tone="good">{t('duty-check.answered')}</Tag> <When at={one.answeredAt} />
      </>
    );
  if (one.unanswered !== null)
    return (
      <>
        <Tag tone="warn">{t(`duty-check.${one.unanswered}`)}</Tag> <When at={one.endedAt ?? one.dueAt} />
        {one.settledBy !== undefined && (
          <span className="k-dim">
            {' '}
            · {t('duty-check.settled-by', { name: one.settledBy.name, note: one.settledBy.note })}
          </span>
        )}
      </>
    );
  return (
    <>
      <Tag>{t(one.deliveredAt === null ? 'duty-check.asked' : 'duty-check.sounding')}</Tag>{' '}
      <span className="k-dim">
        {t('duty-check.until')} <When at={one.dueAt} />
      </span>
    </>
  );
}
