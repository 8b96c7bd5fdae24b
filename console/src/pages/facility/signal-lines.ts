import type { AnyEntry, LogEntry, WorksId } from '@keng/model';
import type { LinkEntry } from '../../components/link-words.ts';

type Frame = LogEntry<'signal.received'> | LogEntry<'signal.refused'>;

/** One line of what the transmitters said. */
export type SignalLine =
  | { readonly what: 'frame'; readonly entry: Frame; readonly mutedBy: WorksId | null }
  | { readonly what: 'muted'; readonly entry: LogEntry<'signal.muted'> }
  | { readonly what: 'link'; readonly entry: LinkEntry };

/**
 * Newest first, as they came. A frame that works had muted says so in its own line; where the frame is on another page, the
 * muting keeps a line of its own: nothing that was muted disappears.
 */
export function signalLines(entries: readonly AnyEntry[]): readonly SignalLine[] {
  const muted = new Map<string, WorksId>();
  const frames = new Set<string>();
  for (const entry of entries) {
    if (entry.kind === 'signal.muted') muted.set(entry.body.signalId, entry.body.worksId);
    if (entry.kind === 'signal.received') frames.add(entry.body.signalId);
  }
  return entries.flatMap((entry): SignalLine[] => {
    switch (entry.kind) {
      case 'signal.received':
      case 'signal.refused':
        return [{ what: 'frame', entry, mutedBy: muted.get(entry.body.signalId) ?? null }];
      case 'signal.muted':
        return frames.has(entry.body.signalId) ? [] : [{ what: 'muted', entry }];
      case 'link.lost':
      case 'link.restored':
      case 'link.path-lost':
      case 'link.path-restored':
        return [{ what: 'link', entry }];
      default:
        return [];
    }
  });
}
