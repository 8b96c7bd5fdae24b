/**
 * Tidal constituents by their importance, with their speed in degrees an hour: Doodson (1921), as the IHO and NOAA print them.
 * The order decides which of two that a record cannot tell apart is taken. Long-period ones are left out: weather
 * hides them in records of months.
 */
export const tideSpeeds = {
  M2: 28.984_104_2,
  K1: 15.041_068_6,
  O1: 13.943_035_6,
  S2: 30,
  N2: 28.439_729_5,
  P1: 14.958_931_4,
  K2: 30.082_137_3,
  Q1: 13.398_660_9,
  M4: 57.968_208_4,
  MS4: 58.984_104_2,
  MN4: 57.423_833_7,
  J1: 15.585_443_3,
  OO1: 16.139_101_7,
  L2: 29.528_478_9,
  '2N2': 27.895_354_8,
  M6: 86.952_312_7,
  M3: 43.476_156_3,
};

export type TideConstituentName = keyof typeof tideSpeeds;
