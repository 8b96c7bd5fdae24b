import { Problem } from '@keng/model';
import i18next from 'i18next';

/** What an error says to the person: our own words for its code, else the English of the centre with the code beside it. */
export function problemText(error: unknown): string {
  if (error instanceof Problem) {
    const key = `problem.${error.code.replaceAll('.', '-')}`;
    if (i18next.exists(key)) return i18next.t(key, { ...error.params, at: error.at ?? '' });
    const byStatus = `problem.status-${error.status}`;
    if (error.code.startsWith('http.') && i18next.exists(byStatus)) return i18next.t(byStatus);
    return `${error.message} (${error.code})`;
  }
  return i18next.t('problem.unexpected', { message: error instanceof Error ? error.message : String(error) });
}
