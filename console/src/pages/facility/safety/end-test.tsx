import { useTranslation } from 'react-i18next';
import { useFacilityPost } from '../../../api/facility-safety.ts';
import type { MyWorks } from '../../../api/mine.ts';
import { ProblemNote } from '../../../components/problem-note.tsx';
import { SendButton } from '../../../components/send-button.tsx';

/** The test is done: every zone rings again at once. */
export function EndTest({ works }: { readonly works: MyWorks }) {
  const { t } = useTranslation();
  const sending = useFacilityPost(works.facilityId);
  return (
    <>
      <SendButton
        h={44}
        variant="default"
        mt="xs"
        style={{ placeSelf: 'start' }}
        loading={sending.isPending}
        onClick={() => sending.mutate({ path: `/my/works/${works.id}/end`, body: {} })}
      >
        {t('portal.test-end')}
      </SendButton>
      <ProblemNote error={sending.error} />
    </>
  );
}
