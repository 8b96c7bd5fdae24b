import { Problem } from '@keng/model';
import { Alert, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { wordsOf } from '../api/field-problems.ts';
import { problemText } from '../api/problem-text.ts';

/** What went wrong with something a person did, beside where they did it. Nothing without an error. */
export function ProblemNote({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  if (error === null || error === undefined) return null;
  const others = error instanceof Problem ? (error.problems ?? []) : [];
  return (
    <Alert color="yellow" role="alert" title={t('note.not-done')}>
      <Text size="sm">{problemText(error)}</Text>
      {others.length > 1 && (
        <ul>
          {others.slice(0, 12).map((one) => (
            <li key={`${one.at} ${one.code}`}>
              <code>{one.at}</code> {wordsOf(one)}
            </li>
          ))}
        </ul>
      )}
    </Alert>
  );
}
