import type { AnyEntry } from '@keng/model';

export type LinkEntry = Extract<AnyEntry, { readonly kind: `link.${string}` }>;

/** One loss or return of a line as one sentence: its key below `chronology`, with the path that it was. */
export function linkWords(entry: LinkEntry): {
  readonly key: string;
  readonly params: Readonly<Record<string, string>>;
  readonly lost: boolean;
} {
  switch (entry.kind) {
    case 'link.lost':
      return { key: 'link-lost', params: {}, lost: true };
    case 'link.restored':
      return { key: 'link-restored', params: {}, lost: false };
    case 'link.path-lost':
      return { key: 'path-lost', params: paramsOf(entry.body.path), lost: true };
    case 'link.path-restored': {
      const key = entry.body.because === 'heard' ? 'path-restored' : 'path-unregistered';
      return { key, params: paramsOf(entry.body.path), lost: false };
    }
  }
}

function paramsOf({
  number,
  medium,
  carrier,
}: Extract<LinkEntry, { readonly kind: 'link.path-lost' }>['body']['path']): Record<string, string> {
  return {
    path: number === 1 ? 'primary' : 'alternative',
    medium,
    carrier: carrier === null ? '' : `, ${carrier}`,
  };
}
