export interface ViewFactor {
  readonly vertical: number;
  readonly horizontal: number;
  /** Of a surface that is turned towards the flame. */
  readonly maximum: number;
}

function whole(vertical: number, horizontal: number): ViewFactor {
  return { vertical, horizontal, maximum: Math.hypot(vertical, horizontal) };
}

/**
 * View factor of a tilted cylinder (Mudan), from a target on the ground in the plane of the tilt.
 * `a` = flame length over radius, `b` = distance from the axis over radius (> 1), `tiltRad` towards the target positive.
 */
export function tiltedCylinder(a: number, b: number, tiltRad: number): ViewFactor {
  const sine = Math.sin(tiltRad);
  const cosine = Math.cos(tiltRad);
  const far = a * a + (b + 1) ** 2 - 2 * a * (b + 1) * sine;
  const near = a * a + (b - 1) ** 2 - 2 * a * (b - 1) * sine;
  const farRoot = Math.sqrt(far);
  const nearRoot = Math.sqrt(near);
  const c = Math.sqrt(1 + (b * b - 1) * cosine * cosine);
  const d = Math.sqrt((b - 1) / (b + 1));
  const e = (a * cosine) / (b - a * sine);
  const f = Math.sqrt(b * b - 1);
  const first = Math.atan((farRoot * d) / nearRoot);
  const second = Math.atan((a * b - f * f * sine) / (f * c)) + Math.atan((f * f * sine) / (f * c));
  const product = farRoot * nearRoot;
  const vertical =
    -e * Math.atan(d) +
    ((e * (a * a + (b + 1) ** 2 - 2 * b * (1 + a * sine))) / product) * first +
    (cosine / c) * second;
  const horizontal =
    Math.atan(1 / d) -
    ((a * a + (b + 1) ** 2 - 2 * (b + 1 + a * b * sine)) / product) * first +
    (sine / c) * second;
  return whole(vertical / Math.PI, horizontal / Math.PI);
}

/**
 * View factor of an upright cylinder (GOST R 12.3.047-98, SP 12.13130), from a target on the ground.
 * `h` = 2 H/d, `s` = 2 r/d (> 1).
 */
export function uprightCylinder(h: number, s: number): ViewFactor {
  const a = (h * h + s * s + 1) / (2 * s);
  const b = (1 + s * s) / (2 * s);
  const inner = Math.atan(Math.sqrt(((a + 1) * (s - 1)) / ((a - 1) * (s + 1))));
  const outer = Math.atan(Math.sqrt(((b + 1) * (s - 1)) / ((b - 1) * (s + 1))));
  const rootA = Math.sqrt(a * a - 1);
  const vertical =
    (1 / s) * Math.atan(h / Math.sqrt(s * s - 1)) -
    (h / s) * (Math.atan(Math.sqrt((s - 1) / (s + 1))) - (a / rootA) * inner);
  const horizontal = ((b - 1 / s) / Math.sqrt(b * b - 1)) * outer - ((a - 1 / s) / rootA) * inner;
  return whole(vertical / Math.PI, horizontal / Math.PI);
}

/** A sphere that touches the ground (CCPS), upright target at `distanceM` from the point below its centre. */
export function groundSphere(diameterM: number, distanceM: number): number {
  const radius = diameterM / 2;
  return (distanceM * radius * radius) / (distanceM * distanceM + radius * radius) ** 1.5;
}

/** GOST R 12.3.047-98, annex D: sphere with its centre at `heightM`. */
export function gostSphere(diameterM: number, heightM: number, distanceM: number): number {
  const lift = heightM / diameterM + 0.5;
  return lift / (4 * (lift * lift + (distanceM / diameterM) ** 2) ** 1.5);
}

/** Order 404 as amended: F = D²/(4 (H² + r²)). The printed text could not be read: recalled. */
export function order404Sphere(diameterM: number, heightM: number, distanceM: number): number {
  return (diameterM * diameterM) / (4 * (heightM * heightM + distanceM * distanceM));
}
