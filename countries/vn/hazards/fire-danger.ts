import type { MonthlyRainLimit, NesterovClassTable } from '@keng/hazards';

/**
 * Forest-fire classes by index P. Decree 156/2018, Article 46: five forecast levels, tables by the province. A province
 * that is not here is configuration of the deployment; decisions known without their tables: Bắc Giang 66/2021, Lào Cai
 * 20/2022, Ninh Thuận 13/2020, Thái Nguyên 30/2023, Kiên Giang 07/2024, Thanh Hóa 150/2025.
 */
export const vietNamFireClasses: readonly NesterovClassTable[] = [
  {
    id: 'hue-33-2022',
    index: 'viet-nam',
    where: 'Thừa Thiên Huế',
    source: 'Decision 33/2022 of Thừa Thiên Huế',
    official: true,
    upTo: [5000, 10_000, 15_000, 20_000],
  },
  {
    id: 'climate-institute',
    index: 'viet-nam',
    where: 'Viet Nam, a paper of the climate institute',
    source: 'a paper of the climate institute (transcribed)',
    official: false,
    upTo: [1000, 2500, 5000, 10_000],
  },
];

/** The rain of a day from which index P starts again (Lmn), Decision 33/2022 of Huế; zone 3 is known for March only. */
export const vietNamRainLimits: readonly MonthlyRainLimit[] = [
  {
    id: 'hue-zone-1',
    source: 'Decision 33/2022 of Thừa Thiên Huế, zone 1 (Huế and the coastal districts)',
    mmOfMonth: { 3: 5, 4: 7, 5: 7, 6: 10, 7: 10, 8: 10, 9: 5 },
  },
  {
    id: 'hue-zone-2',
    source: 'Decision 33/2022 of Thừa Thiên Huế, zone 2 (Nam Đông)',
    mmOfMonth: { 3: 5, 4: 6.5, 5: 6.5, 6: 7.1, 7: 7.1, 8: 7.1, 9: 5 },
  },
  {
    id: 'hue-zone-3',
    source: 'Decision 33/2022 of Thừa Thiên Huế, zone 3 (A Lưới)',
    mmOfMonth: { 3: 5 },
  },
];
