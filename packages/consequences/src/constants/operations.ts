/** Water, forces and people on their way out. */

/** US National Fire Academy: gpm = length x width / 3 (feet), each floor, by share on fire; 25 % more for each exposure. */
export const nfa = { divisor: 3, exposureShare: 0.25 };

/** Iowa State University: gpm = volume in cubic feet / 100. */
export const iowa = { divisor: 100 };

/** Russian calculation of forces and means (grain elevator of 3-net.ru, sign-14969). */
export const forces = {
  /** Share of a pump's flow that is counted on. */
  pumpShare: 0.8,
  /** Length of a hose, m. */
  hoseM: 20,
  /** People of a squad. */
  squad: 5,
};

/** SFPE Handbook, hydraulic model: F = (1 - a D) k D, persons, m, s. */
export const evacuation = {
  a: 0.266,
  k: { corridor: 1.4, stairsFlat: 1.16, stairsMiddle: 1.08, stairsSteep: 1 },
};
