/** Constants of nature and of units. Each is exact by definition unless its line says otherwise. */
export const physics = {
  /** CODATA 2018, J/(mol K). */
  gasConstant: 8.314462618,
  /** Standard acceleration of gravity, m/s². Sources that print with another value get it as an input. */
  gravity: 9.80665,
  /** Standard atmosphere, Pa. */
  atmosphere: 101325,
  /** Pa for each pound-force per square inch. */
  pascalPerPsi: 6894.757293168,
  /** Mean radius of the Earth, m (IUGG R1). */
  earthRadius: 6_371_008.8,
};
