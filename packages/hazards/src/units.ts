/** A value in a unit that its quantity cannot have, or a unit that is not known here. */
export class UnitProblem extends Error {
  readonly code = 'wrong-unit';
  readonly unit: string;
  readonly wanted: string;

  constructor(unit: string, wanted: string) {
    super(`a value in ${JSON.stringify(unit)} cannot be given in ${JSON.stringify(wanted)}`);
    this.unit = unit;
    this.wanted = wanted;
  }
}

interface Scale {
  readonly dimension: string;
  /** Value in the base unit of the dimension = value * factor + offset. */
  readonly factor: number;
  readonly offset?: number;
}

const scale = (dimension: string, factor = 1, offset?: number): Scale => ({
  dimension,
  factor,
  ...(offset !== undefined && { offset }),
});

/**
 * The units that observations may come in. Factors are exact by definition: the foot (0.3048 m), the nautical mile
 * (1852 m), the degree Fahrenheit. Grades (Beaufort, MSK-64, magnitude) are dimensions of their own: a wind in m/s
 * becomes a grade by a scale, which belongs to an index and not to this table.
 */
const scales: ReadonlyMap<string, Scale> = new Map([
  ['mm', scale('length', 0.001)],
  ['cm', scale('length', 0.01)],
  ['m', scale('length')],
  ['km', scale('length', 1000)],
  ['in', scale('length', 0.0254)],
  ['ft', scale('length', 0.3048)],
  ['mi', scale('length', 1609.344)],
  ['nmi', scale('length', 1852)],
  ['m/s', scale('speed')],
  ['km/h', scale('speed', 1 / 3.6)],
  ['kn', scale('speed', 1852 / 3600)],
  ['mph', scale('speed', 0.44704)],
  ['degC', scale('temperature', 1, 273.15)],
  ['K', scale('temperature')],
  ['degF', scale('temperature', 5 / 9, 459.67 * (5 / 9))],
  ['Pa', scale('pressure')],
  ['hPa', scale('pressure', 100)],
  ['kPa', scale('pressure', 1000)],
  ['mbar', scale('pressure', 100)],
  ['s', scale('time')],
  ['min', scale('time', 60)],
  ['h', scale('time', 3600)],
  ['day', scale('time', 86_400)],
  ['month', scale('months')],
  ['m3/s', scale('flow')],
  ['ft3/s', scale('flow', 0.3048 ** 3)],
  ['1', scale('share')],
  ['%', scale('share', 0.01)],
  ['permille', scale('share', 0.001)],
  ['W', scale('power')],
  ['MW', scale('power', 1e6)],
  ['deg', scale('angle')],
  ['count', scale('count')],
  ['Beaufort', scale('Beaufort')],
  ['MSK-64', scale('MSK-64')],
  ['MMI', scale('MMI')],
  ['magnitude', scale('magnitude')],
  ['tsunami-intensity', scale('tsunami-intensity')],
  ['word', scale('word')],
]);

/** Whether the unit is known here. */
export function knownUnit(unit: string): boolean {
  return scales.has(unit);
}

/**
 * The value in another unit of the same dimension. Values that are exact in decimal notation stay so: what is already
 * in the wanted unit is not touched, and the others lose what floating point adds behind the twelfth digit.
 * @throws {UnitProblem} when a unit is unknown or the dimensions differ
 */
export function converted(value: number, unit: string, wanted: string): number {
  const from = scales.get(unit);
  const to = scales.get(wanted);
  if (!from || !to || from.dimension !== to.dimension) throw new UnitProblem(unit, wanted);
  if (unit === wanted) return value;
  const base = value * from.factor + (from.offset ?? 0);
  return Number(((base - (to.offset ?? 0)) / to.factor).toPrecision(12));
}
