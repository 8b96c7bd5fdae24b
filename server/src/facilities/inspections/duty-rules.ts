import type { CountryPack, FacilityDuties } from '@keng/country-vn';

/** A day of the country's calendar: 2026-03-01. */
export type Day = string;

/** The day it is in the country at this time. */
export function dayOf(time: Date, timeZone: string): Day {
  let format = formats.get(timeZone);
  if (format === undefined) {
    // The Swedish form is the one of ISO 8601.
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
    formats.set(timeZone, format);
  }
  return format.format(time);
}

/** Making one costs a thousand times what using it does, and an import asks a hundred thousand times. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** The last day of the month that lies `months` after the one of this day. */
export function endOfMonthAfter(day: Day, months: number): Day {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month + months, 0)).toISOString().slice(0, 10);
}

/** The same day so many months later, or the last one of a shorter month. */
export function monthsAfter(day: Day, months: number): Day {
  const last = endOfMonthAfter(day, months);
  const wanted = `${last.slice(0, 8)}${day.slice(8)}`;
  return wanted < last ? wanted : last;
}

/** How many days a deadline has passed; 0 on the day itself and before. */
export function daysOverdue(due: Day, today: Day): number {
  return Math.max(0, Math.round((Date.parse(today) - Date.parse(due)) / 86_400_000));
}

export interface DutyPeriods {
  readonly selfInspectionMonths: number;
  readonly inspectionMonths: number;
}

export function dutyPeriods({ rules }: Pick<FacilityDuties, 'rules'>): DutyPeriods {
  const months = (code: string): number => {
    const rule = rules.find((one) => one.code === code);
    if (rule === undefined) throw new TypeError(`the country pack has no rule ${code}`);
    return rule.value;
  };
  return {
    selfInspectionMonths: months('self-inspection.months'),
    inspectionMonths: months('inspection.months'),
  };
}

/** What a facility owes next, from what was done last; null: never, then it counts from its registration. */
export function nextDuties(
  done: {
    readonly registeredOn: Day;
    readonly selfInspectedOn: Day | null;
    readonly inspectedOn: Day | null;
  },
  periods: DutyPeriods,
): { readonly selfInspectionDueOn: Day; readonly inspectionDueOn: Day } {
  return {
    selfInspectionDueOn: endOfMonthAfter(
      done.selfInspectedOn ?? done.registeredOn,
      periods.selfInspectionMonths,
    ),
    inspectionDueOn: monthsAfter(done.inspectedOn ?? done.registeredOn, periods.inspectionMonths),
  };
}

/** Of a facility that was registered at this time and never inspected; named as facility_search reads them. */
export function firstDuties(
  registeredAt: string,
  facts: DutyFacts,
): { readonly self_due: Day; readonly inspection_due: Day } {
  const registeredOn = dayOf(new Date(registeredAt), facts.timeZone);
  const due = nextDuties(
    { registeredOn, selfInspectedOn: null, inspectedOn: null },
    dutyPeriods(facts.duties),
  );
  return { self_due: due.selfInspectionDueOn, inspection_due: due.inspectionDueOn };
}

/** The calendar and the duties of a country. */
export interface DutyFacts {
  readonly timeZone: string;
  readonly duties: FacilityDuties;
}

export const dutyFacts = (country: CountryPack): DutyFacts => ({
  timeZone: country.country.timeZone,
  duties: country.facilityDuties,
});
