import type { PaperLine } from '../../api/room.ts';
import { fromLocalInput } from '../../components/centre-time.ts';

const LINE = /^\s*(\d{1,2})[:h.](\d{2})\s+(.+?)\s*$/;
const DAY_MS = 86_400_000;

/**
 * Lines as they stand on paper: `02:15 khói ở tầng 3`, in the order of writing. A time that goes back is of the next day: a night on
 * paper crosses midnight. null: a line begins with no time.
 */
export function readPaperLines(day: string, text: string): readonly PaperLine[] | null {
  const lines: PaperLine[] = [];
  let days = 0;
  let before = -1;
  for (const raw of text.split('\n')) {
    if (raw.trim() === '') continue;
    const match = LINE.exec(raw);
    if (match === null) return null;
    const [, hours = '', minutes = '', words = ''] = match;
    const minute = Number(hours) * 60 + Number(minutes);
    if (Number(hours) > 23 || Number(minutes) > 59) return null;
    if (minute < before) days += 1;
    before = minute;
    const at = fromLocalInput(`${day}T${hours.padStart(2, '0')}:${minutes}`);
    if (at === null) return null;
    lines.push({ at: new Date(at + days * DAY_MS).toISOString(), text: words });
  }
  return lines.length === 0 ? null : lines;
}
