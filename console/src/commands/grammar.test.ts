import { describe, expect, test } from 'vitest';
import { asNumber, type Parsed, parseCommand, TABLES, VERBS, verbsBeginning, WRITTEN } from './grammar.ts';

const simple = (verb: string, target: string) => ({ status: 'command', command: { verb, target } });
const close = (target: string, outcome: string | null, cause: string | null = null) => ({
  status: 'command',
  command: { verb: 'close', target, outcome, cause },
});

describe('typed commands', () => {
  test.each<[typed: string, meant: unknown]>([
    ['nhan 231', simple('accept', '231')],
    ['nhận 231', simple('accept', '231')],
    ['NHẬN   231', simple('accept', '231')],
    ['tiếp nhận 231', simple('accept', '231')],
    ['accept 231', simple('accept', '231')],
    ['nhan', simple('accept', '')],
    ['nhan tran hung dao', simple('accept', 'tran hung dao')],
    ['dieu 231', simple('dispatch', '231')],
    ['điều xe 231', simple('dispatch', '231')],
    ['dispatch 231', simple('dispatch', '231')],
    ['xac nhan 231', simple('confirm', '231')],
    ['giu 231', simple('claim', '231')],
    ['tha 231', simple('release', '231')],
    ['mo 231', simple('open', '231')],
    ['im 231', simple('silence', '231')],
    ['dong 231', close('231', null)],
    ['dong 231 gia bui', close('231', 'false', 'dust')],
    ['đóng 231 giả bụi', close('231', 'false', 'dust')],
    ['close 231 false dust', close('231', 'false', 'dust')],
    ['dong 231 bao gia nau an', close('231', 'false', 'cooking')],
    ['dong 231 chay', close('231', 'fire')],
    ['dong 231 dien tap', close('231', 'drill')],
    ['dong gia loi thiet bi', close('', 'false', 'fault')],
    ['dong 231 gia gi do', { status: 'incomplete', verb: 'close', missing: 'cause' }],
    ['dong 231 chay bui', { status: 'incomplete', verb: 'close', missing: 'cause' }],
    ['dong 231 xyz', { status: 'incomplete', verb: 'close', missing: 'outcome' }],
    [
      'ghi 231 Đã gọi bảo vệ',
      { status: 'command', command: { verb: 'note', target: '231', text: 'Đã gọi bảo vệ' } },
    ],
    [
      'ghi đã gọi bảo vệ',
      { status: 'command', command: { verb: 'note', target: '', text: 'đã gọi bảo vệ' } },
    ],
    ['ghi 231', { status: 'incomplete', verb: 'note', missing: 'text' }],
    ['chu 231 that', { status: 'command', command: { verb: 'owner', target: '231', answer: 'real' } }],
    [
      'chủ 231 kiểm tra',
      { status: 'command', command: { verb: 'owner', target: '231', answer: 'checking' } },
    ],
    ['owner 231 false', { status: 'command', command: { verb: 'owner', target: '231', answer: 'false' } }],
    ['chu 231', { status: 'incomplete', verb: 'owner', missing: 'answer' }],
    ['tim tran hung dao', { status: 'command', command: { verb: 'find', text: 'tran hung dao' } }],
    ['tìm Trần Hưng Đạo', { status: 'command', command: { verb: 'find', text: 'Trần Hưng Đạo' } }],
    ['tim', { status: 'incomplete', verb: 'find', missing: 'text' }],
    ['   ', { status: 'empty' }],
    ['di', { status: 'unknown', candidates: ['dispatch'] }],
    ['xyz', { status: 'unknown', candidates: [] }],
  ])('%s', (typed, meant) => {
    expect(parseCommand(typed)).toEqual(meant as Parsed);
  });

  test('a note keeps its marks, capitals and inner spaces', () => {
    const parsed = parseCommand('  ghi 231  Khói  đen ở TẦNG 3 ');
    expect(parsed).toMatchObject({ command: { text: 'Khói  đen ở TẦNG 3' } });
  });

  test('what completion writes is understood as the same verb', () => {
    for (const verb of VERBS) {
      for (const language of ['vi', 'en'] as const) {
        const parsed = parseCommand(`${WRITTEN[verb][language]} 231 giả`);
        const understood =
          parsed.status === 'command' ? parsed.command.verb : parsed.status === 'incomplete' && parsed.verb;
        expect(understood).toBe(verb);
      }
    }
  });

  test('no word of a table has two meanings in it', () => {
    for (const table of [TABLES.OUTCOME_WORDS, TABLES.CAUSE_WORDS, TABLES.ANSWER_WORDS]) {
      const words = Object.values<readonly string[]>(table).flat();
      expect(new Set(words).size).toBe(words.length);
    }
  });

  test('the beginning of a verb finds it in either language', () => {
    expect(verbsBeginning('đi')).toEqual(['dispatch']);
    expect(verbsBeginning('ac')).toEqual(['accept']);
    expect(verbsBeginning('')).toEqual(VERBS);
  });

  test.each([
    ['231', 231],
    ['#231', 231],
    ['23a', null],
    ['', null],
  ])('%s as an incident number', (typed, number) => {
    expect(asNumber(typed)).toBe(number);
  });
});
