import type { Order404Fuel } from './formulas/fire.ts';
import type { ToxicSubstance } from './formulas/harm.ts';

/**
 * Properties that a source gives; what no source gives is absent. Molar masses follow from the formula with the
 * abridged atomic weights of IUPAC (2021). Pool values: NUREG-1805, spreadsheet of chapter 3. UN numbers: list of
 * dangerous goods of the UN Model Regulations.
 */
export interface Substance {
  readonly id: string;
  readonly name: string;
  readonly unNumber?: number;
  /** Atoms of a molecule. */
  readonly formula?: Readonly<Partial<Record<Atom, number>>>;
  readonly pool?: {
    readonly burningRateKgM2S: number;
    readonly heatOfCombustionKjKg: number;
    readonly densityKgM3: number;
    readonly kBetaPerM: number;
  };
  readonly toxic?: ToxicSubstance;
  readonly order404?: Order404Fuel;
}

export type Atom = 'H' | 'C' | 'N' | 'O' | 'F' | 'S' | 'Cl';

/** Abridged standard atomic weights, IUPAC 2021, g/mol. */
export const atomicWeights: Readonly<Record<Atom, number>> = {
  H: 1.008,
  C: 12.011,
  N: 14.007,
  O: 15.999,
  F: 18.998,
  S: 32.06,
  Cl: 35.45,
};

function pool(
  burningRateKgM2S: number,
  heatOfCombustionKjKg: number,
  densityKgM3: number,
  kBetaPerM: number,
) {
  return { burningRateKgM2S, heatOfCombustionKjKg, densityKgM3, kBetaPerM };
}

export const substances: readonly Substance[] = [
  {
    id: 'methanol',
    name: 'Methanol',
    unNumber: 1230,
    formula: { C: 1, H: 4, O: 1 },
    pool: pool(0.017, 20_000, 796, 100),
  },
  {
    id: 'ethanol',
    name: 'Ethanol',
    unNumber: 1170,
    formula: { C: 2, H: 6, O: 1 },
    pool: pool(0.015, 26_800, 794, 100),
  },
  {
    id: 'butane',
    name: 'Butane',
    unNumber: 1011,
    formula: { C: 4, H: 10 },
    pool: pool(0.078, 45_700, 573, 2.7),
  },
  {
    id: 'benzene',
    name: 'Benzene',
    unNumber: 1114,
    formula: { C: 6, H: 6 },
    pool: pool(0.085, 40_100, 874, 2.7),
    toxic: 'benzene',
  },
  {
    id: 'hexane',
    name: 'Hexane',
    unNumber: 1208,
    formula: { C: 6, H: 14 },
    pool: pool(0.074, 44_700, 650, 1.9),
  },
  {
    id: 'heptane',
    name: 'Heptane',
    unNumber: 1206,
    formula: { C: 7, H: 16 },
    pool: pool(0.101, 44_600, 675, 1.1),
  },
  {
    id: 'xylene',
    name: 'Xylene',
    unNumber: 1307,
    formula: { C: 8, H: 10 },
    pool: pool(0.09, 40_800, 870, 1.4),
  },
  {
    id: 'acetone',
    name: 'Acetone',
    unNumber: 1090,
    formula: { C: 3, H: 6, O: 1 },
    pool: pool(0.041, 25_800, 791, 1.9),
  },
  {
    id: 'dioxane',
    name: 'Dioxane',
    unNumber: 1165,
    formula: { C: 4, H: 8, O: 2 },
    pool: pool(0.018, 26_200, 1035, 5.4),
  },
  {
    id: 'diethyl-ether',
    name: 'Diethyl ether',
    unNumber: 1155,
    formula: { C: 4, H: 10, O: 1 },
    pool: pool(0.085, 34_200, 714, 0.7),
  },
  { id: 'benzine', name: 'Benzine', pool: pool(0.048, 44_700, 740, 3.6) },
  { id: 'petrol', name: 'Petrol', unNumber: 1203, pool: pool(0.055, 43_700, 740, 2.1), order404: 'petrol' },
  { id: 'kerosene', name: 'Kerosene', unNumber: 1223, pool: pool(0.039, 43_200, 820, 3.5) },
  { id: 'diesel', name: 'Diesel', unNumber: 1202, pool: pool(0.045, 44_400, 918, 2.1), order404: 'diesel' },
  { id: 'jp-4', name: 'JP-4', unNumber: 1863, pool: pool(0.051, 43_500, 760, 3.6) },
  { id: 'jp-5', name: 'JP-5', unNumber: 1863, pool: pool(0.054, 43_000, 810, 1.6) },
  { id: 'lng', name: 'Liquefied natural gas', unNumber: 1972, order404: 'lng' },
  { id: 'lpg', name: 'Liquefied petroleum gas', unNumber: 1075, order404: 'lpg' },
  { id: 'propane', name: 'Propane', unNumber: 1978, formula: { C: 3, H: 8 } },
  { id: 'methane', name: 'Methane, compressed', unNumber: 1971, formula: { C: 1, H: 4 } },
  { id: 'hydrogen', name: 'Hydrogen, compressed', unNumber: 1049, formula: { H: 2 } },
  { id: 'acrolein', name: 'Acrolein', unNumber: 1092, formula: { C: 3, H: 4, O: 1 }, toxic: 'acrolein' },
  { id: 'ammonia', name: 'Ammonia', unNumber: 1005, formula: { N: 1, H: 3 }, toxic: 'ammonia' },
  {
    id: 'carbon-monoxide',
    name: 'Carbon monoxide',
    unNumber: 1016,
    formula: { C: 1, O: 1 },
    toxic: 'carbonMonoxide',
  },
  { id: 'chlorine', name: 'Chlorine', unNumber: 1017, formula: { Cl: 2 }, toxic: 'chlorine' },
  {
    id: 'hydrogen-chloride',
    name: 'Hydrogen chloride',
    unNumber: 1050,
    formula: { H: 1, Cl: 1 },
    toxic: 'hydrogenChloride',
  },
  {
    id: 'hydrogen-cyanide',
    name: 'Hydrogen cyanide',
    unNumber: 1051,
    formula: { H: 1, C: 1, N: 1 },
    toxic: 'hydrogenCyanide',
  },
  {
    id: 'hydrogen-fluoride',
    name: 'Hydrogen fluoride',
    unNumber: 1052,
    formula: { H: 1, F: 1 },
    toxic: 'hydrogenFluoride',
  },
  {
    id: 'hydrogen-sulphide',
    name: 'Hydrogen sulphide',
    unNumber: 1053,
    formula: { H: 2, S: 1 },
    toxic: 'hydrogenSulphide',
  },
  {
    id: 'nitrogen-dioxide',
    name: 'Nitrogen dioxide',
    unNumber: 1067,
    formula: { N: 1, O: 2 },
    toxic: 'nitrogenDioxide',
  },
  { id: 'phosgene', name: 'Phosgene', unNumber: 1076, formula: { C: 1, O: 1, Cl: 2 }, toxic: 'phosgene' },
  {
    id: 'sulphur-dioxide',
    name: 'Sulphur dioxide',
    unNumber: 1079,
    formula: { S: 1, O: 2 },
    toxic: 'sulphurDioxide',
  },
  { id: 'toluene', name: 'Toluene', unNumber: 1294, formula: { C: 7, H: 8 }, toxic: 'toluene' },
];

/** kg/mol, or undefined where the substance is a mixture. */
export function molarMassKgMol(substance: Substance): number | undefined {
  if (!substance.formula) return undefined;
  const atoms = Object.entries(substance.formula) as [Atom, number][];
  return atoms.reduce((sum, [atom, count]) => sum + atomicWeights[atom] * count, 0) / 1000;
}

/** The substance of an id or a UN number (several may share one). */
export function findSubstances(idOrUn: string | number): readonly Substance[] {
  return substances.filter(({ id, unNumber }) => id === idOrUn || unNumber === Number(idOrUn));
}

/** ppm by volume of an ideal gas from kg/m³. */
export function ppmOf(
  concentrationKgM3: number,
  molarMass: number,
  temperatureK: number,
  pressurePa: number,
): number {
  return ((concentrationKgM3 / molarMass) * 8.314462618 * temperatureK * 1e6) / pressurePa;
}
