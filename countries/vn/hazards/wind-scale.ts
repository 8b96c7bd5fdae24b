import type { WindScale } from '@keng/hazards';

/**
 * Beaufort as the country counts it, to "16 and above". The law's mean wind is that of 2 minutes (Decision 18/2021,
 * Article 5). Annex III confirms the numbers to 9; 10 to 16 are those of the press and of a public program, which agree.
 */
export const vietNamWindScale: WindScale = {
  id: 'viet-nam',
  source: 'Decision 18/2021/QĐ-TTg, Annex III to 9; 10 to 16 as printed in the press',
  fromKmH: [0, 1, 6, 12, 20, 29, 39, 50, 62, 75, 89, 103, 118, 134, 150, 167, 184],
};
