export type UploadType = 'pdf' | 'png' | 'jpeg' | 'webp';

const STARTS: readonly (readonly [UploadType, readonly (readonly [at: number, bytes: string])[]])[] = [
  ['pdf', [[0, '255044462d']]],
  ['png', [[0, '89504e470d0a1a0a']]],
  ['jpeg', [[0, 'ffd8ff']]],
  [
    'webp',
    [
      [0, '52494646'],
      [8, '57454250'],
    ],
  ],
];

/** What a file is by its first bytes; neither its name nor what the browser said of it is asked. null: nothing that is taken. */
export function sniff(content: Uint8Array): UploadType | null {
  const head = Buffer.from(content.subarray(0, 16));
  const found = STARTS.find(([, parts]) =>
    parts.every(([at, bytes]) => {
      const wanted = Buffer.from(bytes, 'hex');
      return head.subarray(at, at + wanted.length).equals(wanted);
    }),
  );
  return found?.[0] ?? null;
}
