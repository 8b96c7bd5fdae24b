export {
  cancelOf,
  type Draft,
  identifierOf,
  newAlert,
  referencesTo,
  type Sender,
  type Stamp,
  updateOf,
} from './chain/build.ts';
export { endOf, type Standing, type StandingOptions, standings } from './chain/in-force.ts';
export { type CheckOptions, checkAlert, checkRead } from './check.ts';
export { CapError, type CapErrorCode, type Finding, type Place, type Severity } from './finding.ts';
export { destination, distanceKm, EARTH_RADIUS_KM } from './geometry/distance.ts';
export { type RingFault, ringFaults } from './geometry/ring.ts';
export { type Box, RingIndex } from './geometry/ring-index.ts';
export {
  type Alert,
  type Area,
  type CapVersion,
  type Circle,
  type CodedValue,
  type Info,
  languageOf,
  type Polygon,
  type Position,
  type Reference,
  type Resource,
} from './model.ts';
export { type AlertRead, type CapRead, type Container, type ReadOptions, readCap } from './read/read-cap.ts';
export { CAP_MEDIA_TYPE, type FeedEntry } from './read/read-feed.ts';
export { PROFILE_NAMES, type ProfileName } from './rules/profiles.ts';
export type { RuleContext } from './rules/rule.ts';
export { signDetached, verifyDetached } from './signature/detached.ts';
export { type Signer, signAlert } from './signature/sign.ts';
export {
  type PinnedKey,
  type Verified,
  type VerifyFault,
  type VerifyOptions,
  verifyAlert,
} from './signature/verify.ts';
export { AreaIndex, type NamedArea } from './target/area-index.ts';
export { PointIndex } from './target/point-index.ts';
export {
  EXCLUDE_POLYGON,
  type GeocodeResolver,
  type PolygonWithHoles,
  Region,
  type RegionOptions,
  type RegionPart,
} from './target/region.ts';
export {
  type Alphabet,
  BUDGETS,
  CHANNELS,
  type Channel,
  costOf,
  fitText,
  type TextCost,
} from './text/text-budget.ts';
export { capTime, instantOf } from './time.ts';
export { NAMESPACES, WORDS } from './vocabulary.ts';
export { referenceText, writeAlert } from './write/write-alert.ts';
export { DEFAULT_LIMITS, type Limits } from './xml/limits.ts';
