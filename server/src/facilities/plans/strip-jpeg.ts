/** APP0 (JFIF), APP2 (colours) and APP14 (Adobe's colour transform) say how to show it; the others say who, where and when. */
const KEPT: ReadonlySet<number> = new Set([0xe0, 0xe2, 0xee]);
const COMMENT = 0xfe;
const SCAN = 0xda;

/** A JPEG without EXIF (place, camera), XMP, IPTC and comments; what is no JPEG to the letter stays as it is. */
export function withoutMetadata(jpeg: Uint8Array): Uint8Array {
  if (jpeg[0] !== 0xff || jpeg[1] !== 0xd8) return jpeg;
  const parts: Uint8Array[] = [jpeg.subarray(0, 2)];
  let at = 2;
  while (at + 4 <= jpeg.length) {
    const marker = jpeg[at + 1] ?? 0;
    if (jpeg[at] !== 0xff) return jpeg;
    if (marker === SCAN) break;
    const length = ((jpeg[at + 2] ?? 0) << 8) | (jpeg[at + 3] ?? 0);
    const end = at + 2 + length;
    if (length < 2 || end > jpeg.length) return jpeg;
    const says = marker === COMMENT || (marker >= 0xe0 && marker <= 0xef && !KEPT.has(marker));
    if (!says) parts.push(jpeg.subarray(at, end));
    at = end;
  }
  parts.push(jpeg.subarray(at));
  return Buffer.concat(parts);
}
