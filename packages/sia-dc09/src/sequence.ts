/** The sequence number after this one: 1..9999, then 1 again. 0 belongs to link tests of some panels. */
export function nextSequence(sequence: number): number {
  if (!Number.isInteger(sequence) || sequence < 0 || sequence > 9_999) {
    throw new RangeError(`A DC-09 sequence number is a whole number from 0 to 9999, not ${sequence}.`);
  }
  return sequence === 9_999 ? 1 : sequence + 1;
}
