import {
  FALSE_CAUSES,
  type FalseCause,
  foldMarks,
  OUTCOMES,
  type Outcome,
  type OwnerAnswer,
} from '@keng/model';

/**
 * Short typed commands, with or without Vietnamese marks, and the same in English:
 *
 *     nhan 231 · dieu 231 · dong 231 gia bui · ghi 231 đã gọi bảo vệ · chu 231 that · tim tran hung dao
 *     accept 231 · dispatch 231 · close 231 false dust · note 231 guard called · owner 231 real · find tran hung dao
 *
 * Pure: what is typed goes in, what is meant comes out. Whether 231 exists is for the caller.
 */
export const VERBS = [
  'accept',
  'claim',
  'release',
  'dispatch',
  'close',
  'note',
  'owner',
  'confirm',
  'silence',
  'open',
  'find',
] as const;
export type Verb = (typeof VERBS)[number];

/** The first spelling is what completion writes. All are folded: small letters, no marks. */
const SPELLINGS: Readonly<Record<Verb, { readonly vi: readonly string[]; readonly en: readonly string[] }>> =
  {
    accept: { vi: ['nhan', 'tiep nhan'], en: ['accept'] },
    claim: { vi: ['giu'], en: ['claim'] },
    release: { vi: ['tha'], en: ['release'] },
    dispatch: { vi: ['dieu', 'dieu xe'], en: ['dispatch'] },
    close: { vi: ['dong'], en: ['close'] },
    note: { vi: ['ghi'], en: ['note'] },
    owner: { vi: ['chu'], en: ['owner'] },
    confirm: { vi: ['xac nhan'], en: ['confirm'] },
    silence: { vi: ['im', 'tat chuong'], en: ['silence'] },
    open: { vi: ['mo'], en: ['open'] },
    find: { vi: ['tim'], en: ['find'] },
  };

/** How completion and help write a verb: with its marks. */
export const WRITTEN: Readonly<Record<Verb, { readonly vi: string; readonly en: string }>> = {
  accept: { vi: 'nhận', en: 'accept' },
  claim: { vi: 'giữ', en: 'claim' },
  release: { vi: 'thả', en: 'release' },
  dispatch: { vi: 'điều', en: 'dispatch' },
  close: { vi: 'đóng', en: 'close' },
  note: { vi: 'ghi', en: 'note' },
  owner: { vi: 'chủ', en: 'owner' },
  confirm: { vi: 'xác nhận', en: 'confirm' },
  silence: { vi: 'im', en: 'silence' },
  open: { vi: 'mở', en: 'open' },
  find: { vi: 'tìm', en: 'find' },
};

const OUTCOME_WORDS: Readonly<Record<Outcome, readonly string[]>> = {
  fire: ['chay', 'that', 'fire', 'real'],
  false: ['gia', 'bao gia', 'false'],
  drill: ['dien tap', 'tap', 'drill'],
};

const CAUSE_WORDS: Readonly<Record<FalseCause, readonly string[]>> = {
  dust: ['bui', 'hoi nuoc', 'dust'],
  cooking: ['nau an', 'bep', 'cooking'],
  smoking: ['hut thuoc', 'thap huong', 'smoking'],
  works: ['thi cong', 'han', 'works'],
  fault: ['loi', 'loi thiet bi', 'fault'],
  malicious: ['co y', 'pha hoai', 'malicious'],
  accidental: ['vo y', 'cham nham', 'accidental'],
  'test-not-announced': ['thu', 'thu khong bao', 'test'],
  other: ['khac', 'other'],
};

const ANSWER_WORDS: Readonly<Record<OwnerAnswer, readonly string[]>> = {
  real: ['that', 'chay', 'real', 'fire'],
  false: ['gia', 'khong chay', 'false'],
  checking: ['kiem tra', 'dang xem', 'xem', 'checking'],
};

export type Command =
  | {
      readonly verb: 'accept' | 'claim' | 'release' | 'dispatch' | 'confirm' | 'silence' | 'open';
      readonly target: string;
    }
  | {
      readonly verb: 'close';
      readonly target: string;
      readonly outcome: Outcome | null;
      readonly cause: FalseCause | null;
    }
  | { readonly verb: 'note'; readonly target: string; readonly text: string }
  | { readonly verb: 'owner'; readonly target: string; readonly answer: OwnerAnswer }
  | { readonly verb: 'find'; readonly text: string };

export type Parsed =
  | { readonly status: 'empty' }
  /** Complete and understood. `target` is a number, or words to search; empty: the open incident is meant. */
  | { readonly status: 'command'; readonly command: Command }
  /** The verb is understood, something is missing or not understood. */
  | {
      readonly status: 'incomplete';
      readonly verb: Verb;
      readonly missing: 'target' | 'text' | 'answer' | 'cause' | 'outcome';
    }
  /** Not a verb: perhaps the beginning of one. */
  | { readonly status: 'unknown'; readonly candidates: readonly Verb[] };

interface Word {
  readonly folded: string;
  readonly start: number;
}

/** @param text as typed; marks, capitals and further spaces do not matter. */
export function parseCommand(text: string): Parsed {
  const words = wordsOf(text);
  if (words.length === 0) return { status: 'empty' };
  const found = verbAt(words);
  if (found === null) return { status: 'unknown', candidates: verbsBeginning(foldMarks(text)) };
  const rest = words.slice(found.length);
  const restText = rest[0] === undefined ? '' : text.slice(rest[0].start).trim();
  return parseRest(found.verb, rest, restText);
}

function parseRest(verb: Verb, words: readonly Word[], text: string): Parsed {
  switch (verb) {
    case 'find':
      return text === '' ? incomplete(verb, 'text') : command({ verb, text });
    case 'note': {
      const { target, rest } = takeNumber(words);
      const note = rest[0] === undefined ? '' : text.slice(rest[0].start - (words[0]?.start ?? 0)).trim();
      return note === '' ? incomplete(verb, 'text') : command({ verb, target, text: note });
    }
    case 'owner': {
      const { target, rest } = takeNumber(words);
      const answer = meaning(ANSWER_WORDS, joined(rest));
      return answer === null ? incomplete(verb, 'answer') : command({ verb, target, answer });
    }
    case 'close':
      return parseClose(words);
    default:
      return command({ verb, target: text });
  }
}

function parseClose(words: readonly Word[]): Parsed {
  const { target, rest } = takeNumber(words);
  if (rest.length === 0) return command({ verb: 'close', target, outcome: null, cause: null });
  for (let length = rest.length; length > 0; length -= 1) {
    const outcome = meaning(OUTCOME_WORDS, joined(rest.slice(0, length)));
    if (outcome === null) continue;
    const causeText = joined(rest.slice(length));
    const cause = causeText === '' ? null : meaning(CAUSE_WORDS, causeText);
    if (causeText !== '' && (cause === null || outcome !== 'false')) return incomplete('close', 'cause');
    return command({ verb: 'close', target, outcome, cause });
  }
  return incomplete('close', 'outcome');
}

/** Verbs whose spelling, in either language, begins with what is typed: for the list below the bar. */
export function verbsBeginning(typed: string): readonly Verb[] {
  const start = foldMarks(typed);
  if (start === '') return VERBS;
  return VERBS.filter((verb) => spellingsOf(verb).some((spelling) => spelling.startsWith(start)));
}

/** A whole number and nothing else: an incident's short number. */
export function asNumber(target: string): number | null {
  return /^#?\d{1,9}$/.test(target) ? Number(target.replace('#', '')) : null;
}

const spellingsOf = (verb: Verb): readonly string[] => [...SPELLINGS[verb].vi, ...SPELLINGS[verb].en];
const command = (of: Command): Parsed => ({ status: 'command', command: of });
const incomplete = (verb: Verb, missing: 'target' | 'text' | 'answer' | 'cause' | 'outcome'): Parsed => ({
  status: 'incomplete',
  verb,
  missing,
});
const joined = (words: readonly Word[]): string => words.map((word) => word.folded).join(' ');

function wordsOf(text: string): readonly Word[] {
  return [...text.matchAll(/\S+/g)].map((match) => ({ folded: foldMarks(match[0]), start: match.index }));
}

/** The longest spelling wins: `xac nhan 231` is not `xac`, and `tiep nhan` not `nhan`. */
function verbAt(words: readonly Word[]): { readonly verb: Verb; readonly length: number } | null {
  for (const length of [2, 1]) {
    if (words.length < length) continue;
    const start = joined(words.slice(0, length));
    const verb = VERBS.find((one) => spellingsOf(one).includes(start));
    if (verb) return { verb, length };
  }
  return null;
}

/** `close`, `note` and `owner` take a number or nothing (the open incident): words after them are their own. */
function takeNumber(words: readonly Word[]): { readonly target: string; readonly rest: readonly Word[] } {
  const first = words[0];
  if (first === undefined || asNumber(first.folded) === null) return { target: '', rest: words };
  return { target: first.folded, rest: words.slice(1) };
}

function meaning<Key extends string>(
  table: Readonly<Record<Key, readonly string[]>>,
  text: string,
): Key | null {
  const keys = Object.keys(table) as Key[];
  return keys.find((key) => table[key].includes(text)) ?? null;
}

/** Every spelling of the tables must lead to one meaning: the test walks them. */
export const TABLES = {
  SPELLINGS,
  OUTCOME_WORDS,
  CAUSE_WORDS,
  ANSWER_WORDS,
  OUTCOMES,
  FALSE_CAUSES,
} as const;
