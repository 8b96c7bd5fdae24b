/** A method pack: formulas and constants of one source, that an authority chooses as a whole. */
export interface Pack {
  readonly title: string;
  readonly edition: string;
  readonly where: string;
}

export type PackId = keyof typeof packs;

export const packs = {
  'ccps-tno': {
    title: 'CCPS guidelines and the coloured books of TNO',
    edition: 'CCPS 1999; Yellow Book CPR 14E 2005; Purple Book CPR 18E 1999; HSE CRR 17/1988',
    where: 'international practice in risk analysis',
  },
  'gost-98': {
    title: 'GOST R 12.3.047-98, the same formulas in SP 12.13130',
    edition: '1998',
    where: 'Russia',
  },
  'order-404': {
    title: 'Order 404 of MChS Russia, methods for industrial sites',
    edition: '2009, amended 2010',
    where: 'Russia',
  },
  swisdak: {
    title: 'Kingery and Bulmash in the simplified form of Swisdak',
    edition: 'ADA526744, 1994',
    where: 'United States, explosives safety',
  },
  'kinney-graham': { title: 'Kinney and Graham, Explosive Shocks in Air', edition: '1985', where: 'general' },
  'api-521': { title: 'API 521, simple approach for flares', edition: '2007', where: 'oil and gas' },
  'nureg-1805': { title: 'NUREG-1805, fire dynamics tools', edition: '2004', where: 'United States' },
  isc3: { title: 'EPA ISC3, EPA-454/B-95-003b', edition: '1995', where: 'United States' },
  'hse-osd30': {
    title: 'UK HSE SPC/Tech/OSD/30 and the probits it collects',
    edition: 'tables 2, 17, 18, equation 4 (transcribed)',
    where: 'United Kingdom',
  },
  barc: {
    title: 'Hukkoo and Bapat, doses with coefficients of ICRP 119',
    edition: 'BARC manual; ICRP 119 (2012)',
    where: 'screening of radioactive plumes',
  },
  'us-water': { title: 'NFA and Iowa fire flow', edition: 'as taught', where: 'United States' },
  'ru-forces': {
    title: 'Calculation of forces and means',
    edition: 'as taught',
    where: 'Russia and its neighbours',
  },
  sfpe: {
    title: 'SFPE Handbook, hydraulic model of evacuation; t-squared fires of NFPA 72 and 92',
    edition: 'handbook',
    where: 'general',
  },
} as const satisfies Record<string, Pack>;
