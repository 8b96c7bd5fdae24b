import { defineMethod, type MethodOutcome, type MethodWarning } from '../physics/method.ts';
import { mean, sum } from '../physics/numbers.ts';
import { normalQuantile } from './distributions.ts';
import { type Below, fewestYears, gammaFit, pearsonFit } from './drought-fit.ts';

/** A month's precipitation in mm; null where it was not measured. The list begins with `firstMonth`. */
export interface MonthlyPrecipitation {
  readonly firstYear: number;
  /** 1 to 12 */
  readonly firstMonth: number;
  readonly precipitationMm: readonly (number | null)[];
}

export interface SpiSettings {
  /** Months that are added up. */
  readonly months: number;
  readonly distribution?: 'gamma' | 'pearson-3';
  /** First and last year of calibration; without it the whole record. */
  readonly calibration?: readonly [number, number];
}

/** The standard clip of the index: one case in a thousand on either side. */
export const spiLimit = 3.09;

/** 2,400 months are two centuries. */
const mostMonths = 24_000;

const quantities = {
  precipitationMm: { unit: 'mm', what: 'precipitation of a month', minimum: 0, maximum: 20_000 },
  months: { unit: 'months', what: 'months added up', minimum: 1, maximum: 72, whole: true },
  firstMonth: { unit: '1', what: 'first month', minimum: 1, maximum: 12, whole: true },
  firstYear: { unit: 'year', what: 'first year', minimum: 1600, maximum: 2300, whole: true },
};

export const spiMethod = defineMethod({
  id: 'drought.spi',
  title: 'Standardized Precipitation Index (SPI)',
  source:
    'McKee, Doesken and Kleist (1993); gamma by Thom (1958), Pearson III by L-moments (Hosking 1990); WMO-No. 1090 (2012)',
  check:
    'spi_climate_indices/spi_reference.csv: SPI-1 and SPI-6 (gamma), SPI-6 (Pearson III 1981-2010), within 0.001',
  range:
    'at least 30 years of calibration for each calendar month; clipped at +-3.09; zeros mixed by their share. Research: the law of Viet Nam does not use it',
  quantities,
});

export const percentOfNormalMethod = defineMethod({
  id: 'drought.percent-of-normal',
  title: 'Share of normal precipitation (PNP)',
  source:
    'sum of the months over the mean of the same calendar months; Decision 18/2021 Art. 48 speaks of the deficit, 1 minus this',
  check: 'spi_climate_indices/spi_reference.csv, PNP-6 calibrated 1981-2010, within 0.001',
  range: 'at least 30 years of calibration for each calendar month',
  quantities,
});

/** Sums of `months` months that end with each month; null before there are enough, or where one is missing. */
function rollingSums(values: readonly (number | null)[], months: number): (number | null)[] {
  return values.map((_, end) => {
    if (end < months - 1) return null;
    const window = values.slice(end - months + 1, end + 1);
    return window.some((value) => value === null) ? null : sum(window.map(Number));
  });
}

/** A value of each month in the order of the record, null where it cannot be given. */
export interface DroughtSeries {
  readonly values: readonly (number | null)[];
  /** Calendar months (1 to 12) without a fit and why. */
  readonly unfitted: readonly { readonly month: number; readonly why: string }[];
}

function series(
  method: typeof spiMethod,
  record: MonthlyPrecipitation,
  settings: SpiSettings,
  fit: (calibration: readonly number[]) => ((value: number) => number) | string,
): MethodOutcome<DroughtSeries> {
  const { firstMonth, firstYear, precipitationMm } = record;
  const { months, calibration } = settings;
  const refused = method.refusal({ months, firstMonth, firstYear });
  if (refused) return refused;
  if (precipitationMm.length > mostMonths)
    return method.invalid('precipitationMm', 'too-large', `more than ${mostMonths} months`);
  for (const [index, value] of precipitationMm.entries()) {
    const wrong =
      value === null ? undefined : method.refusal({ precipitationMm: value }, monthName(record, index));
    if (wrong) return wrong;
  }
  const sums = rollingSums(precipitationMm, months);
  const [from, to] = calibration ?? [-Infinity, Infinity];
  const yearOf = (index: number) => firstYear + Math.floor((firstMonth - 1 + index) / 12);
  const calendarMonth = (index: number) => (firstMonth - 1 + index) % 12;
  const values: (number | null)[] = sums.map(() => null);
  const unfitted: { month: number; why: string }[] = [];
  for (let month = 0; month < 12; month += 1) {
    const own = sums.flatMap((value, index) =>
      calendarMonth(index) === month && value !== null ? [{ value, index }] : [],
    );
    const calibrating = own
      .filter(({ index }) => yearOf(index) >= from && yearOf(index) <= to)
      .map(({ value }) => value);
    const found =
      calibrating.length < fewestYears
        ? `${calibrating.length} years of calibration, ${fewestYears} are needed`
        : fit(calibrating);
    if (typeof found === 'string') unfitted.push({ month: month + 1, why: found });
    else for (const { value, index } of own) values[index] = found(value);
  }
  if (unfitted.length === 12)
    return method.missing('precipitationMm', `no calendar month can be fitted: ${unfitted[0]?.why}`);
  return method.result({ values, unfitted }, warningsOf(unfitted.length));
}

function monthName({ firstYear, firstMonth }: MonthlyPrecipitation, index: number): string {
  const month = firstMonth - 1 + index;
  return `${firstYear + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
}

function warningsOf(unfitted: number): readonly MethodWarning[] {
  return unfitted === 0
    ? []
    : [{ code: 'unfitted-months', text: `${unfitted} of 12 calendar months have no fit and no value.` }];
}

/** SPI of each month. The sums of each calendar month are fitted by themselves. */
export function standardizedPrecipitation(
  record: MonthlyPrecipitation,
  settings: SpiSettings,
): MethodOutcome<DroughtSeries> {
  const fitOf = settings.distribution === 'pearson-3' ? pearsonFit : gammaFit;
  return series(spiMethod, record, settings, (calibration) => {
    const below: Below | string = fitOf(calibration);
    if (typeof below === 'string') return below;
    return (value) => Math.min(spiLimit, Math.max(-spiLimit, normalQuantile(below(value))));
  });
}

/** Share of the normal sum of each month: 1 is normal, 0.4 a deficit of 60 %. */
export function shareOfNormal(
  record: MonthlyPrecipitation,
  settings: Omit<SpiSettings, 'distribution'>,
): MethodOutcome<DroughtSeries> {
  return series(percentOfNormalMethod, record, settings, (calibration) => {
    const normal = mean(calibration);
    return normal > 0 ? (value) => value / normal : 'no-spread';
  });
}
