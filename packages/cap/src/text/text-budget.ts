/** GSM 7-bit default alphabet and its extension, which costs two places (3GPP TS 23.038, 6.2.1 and 6.2.1.1). */
const GSM =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const GSM_EXTENSION = '\f^{}\\[~]|€';
const SINGLE = new Set(GSM);
const DOUBLE = new Set(GSM_EXTENSION);

export type Alphabet = 'gsm-7' | 'ucs-2';
export const CHANNELS = ['cell-broadcast', 'sms', 'sms-part'] as const;
export type Channel = (typeof CHANNELS)[number];

/**
 * Most places of a channel. Cell broadcast: 15 pages of 82 octets (3GPP TS 23.041), 1,395 in GSM 7-bit and 615 in UCS-2 as the
 * United Kingdom uses them; a short message 160 or 70, a part of a long one 153 or 67 (3GPP TS 23.040).
 */
export const BUDGETS: Readonly<Record<Channel, Readonly<Record<Alphabet, number>>>> = {
  'cell-broadcast': { 'gsm-7': 1395, 'ucs-2': 615 },
  sms: { 'gsm-7': 160, 'ucs-2': 70 },
  'sms-part': { 'gsm-7': 153, 'ucs-2': 67 },
};

export interface TextCost {
  readonly alphabet: Alphabet;
  /** Places of that alphabet. A character beyond the basic plane takes two of UCS-2. */
  readonly places: number;
  readonly budget: number;
  readonly fits: boolean;
  /** How many short messages it makes; 0 for cell broadcast. */
  readonly parts: number;
  /** The characters that made it UCS-2, each once; empty for GSM 7-bit. */
  readonly beyondGsm: readonly string[];
}

/** What a text costs on a channel. One character beyond the GSM alphabet makes the whole of it UCS-2: always so in Vietnamese, Russian, Chinese. */
export function costOf(text: string, channel: 'cell-broadcast' | 'sms'): TextCost {
  const beyond = new Set<string>();
  let places = 0;
  for (const sign of text) {
    if (SINGLE.has(sign)) places += 1;
    else if (DOUBLE.has(sign)) places += 2;
    else beyond.add(sign);
  }
  const alphabet: Alphabet = beyond.size === 0 ? 'gsm-7' : 'ucs-2';
  if (alphabet === 'ucs-2') places = text.length;
  const budget = BUDGETS[channel][alphabet];
  const part = BUDGETS['sms-part'][alphabet];
  const parts = channel === 'sms' ? (places <= budget ? 1 : Math.ceil(places / part)) : 0;
  return { alphabet, places, budget, fits: places <= budget, parts, beyondGsm: [...beyond] };
}

/** The longest beginning that fits, cut between words, with an ellipsis where something was left out. */
export function fitText(text: string, channel: 'cell-broadcast' | 'sms'): string {
  if (costOf(text, channel).fits) return text;
  const words = text.split(/(?<=\s)/);
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (costOf(shortened(words, middle), channel).fits) low = middle;
    else high = middle - 1;
  }
  if (low > 0) return shortened(words, low);
  const signs = [...text];
  let kept = signs.length;
  while (kept > 0 && !costOf(`${signs.slice(0, kept).join('')}...`, channel).fits) kept -= 1;
  return `${signs.slice(0, kept).join('')}...`;
}

const shortened = (words: readonly string[], count: number): string =>
  `${words.slice(0, count).join('').trimEnd()}...`;
