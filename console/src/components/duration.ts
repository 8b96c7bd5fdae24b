/** Seconds as a clock face: `0:07`, `12:05`, `3:04:09`. */
export function clockFace(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

export type AgeUnit = 'seconds' | 'minutes' | 'hours' | 'days';

/** An age in its largest useful unit, rounded down: nothing is younger than it says. */
export function ageIn(seconds: number): { readonly value: number; readonly unit: AgeUnit } {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 100) return { value: whole, unit: 'seconds' };
  if (whole < 6000) return { value: Math.floor(whole / 60), unit: 'minutes' };
  if (whole < 48 * 3600) return { value: Math.floor(whole / 3600), unit: 'hours' };
  return { value: Math.floor(whole / 86_400), unit: 'days' };
}
