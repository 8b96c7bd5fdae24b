import { expect, test } from 'vitest';
import { checkTranslations } from './check-translations.ts';

const same = (words: unknown) => ({ vi: words, en: words, ru: words, zh: words });

test('complete translations have no faults', () => {
  const words = {
    queue: { title: 'Hàng đợi', row_one: 'một', row_other: '{{count}} tin' },
    state: { open: 'mở' },
  };
  const sources = [
    {
      path: 'a.tsx',
      text: `t('queue.title'); t('queue.row', { count }); t(\`state.\${x}\`); format('no.key')`,
    },
  ];
  expect(checkTranslations(same(words), sources)).toEqual([]);
});

test('plural forms may differ between languages', () => {
  const vi = { row_other: '{{count}} tin' };
  const ru = { row_one: '{{count}} сигнал', row_few: '{{count}} сигнала', row_many: '{{count}} сигналов' };
  expect(checkTranslations({ ...same(vi), ru }, [])).toEqual([]);
});

test('a missing, an extra and an empty text are told with language and key', () => {
  const vi = { a: { b: 'một', c: 'hai' } };
  const faults = checkTranslations({ ...same(vi), en: { a: { b: ' ', d: 'x' } } }, []);
  expect(faults).toEqual(['en: a.b is empty', 'en: a.c is missing', 'en: a.d is not in vi']);
});

test('a placeholder that a translation lost is told', () => {
  const faults = checkTranslations({ ...same({ a: '{{count}} tin' }), zh: { a: '消息' } }, []);
  expect(faults).toEqual(['zh: a has the placeholders none, not {{count}}']);
});

test('a key that the console uses and nobody translated is told with its place', () => {
  const sources = [{ path: 'console/src/a.tsx', text: `\n<b>{t('desk.accept')}</b>\nt(\`kind.\${kind}\`)` }];
  expect(checkTranslations(same({ desk: { title: 'x' } }), sources)).toEqual([
    'console/src/a.tsx:2: there are no words for desk.accept',
    `console/src/a.tsx:3: there are no words for kind.\${kind}`,
  ]);
});
