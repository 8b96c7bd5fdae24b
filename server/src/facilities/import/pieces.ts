/**
 * A buffer a piece at a time, so that decoding it does not stop the process.
 * @param told how many bytes were handed over
 */
export async function* pieces(
  buffer: Uint8Array,
  size = 16 * 1024,
  told?: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < buffer.length; at += size) {
    const piece = buffer.subarray(at, at + size);
    told?.(at + piece.length);
    yield piece;
  }
}
