export { appendEntries } from './append.ts';
export {
  archivedMark,
  ENTRIES_CHANGE_LOCK,
  requireWhole,
} from './archived.ts';
export { type BegunLate, begunLateText, noteBegunLate } from './began-late.ts';
export { commitmentOf, sealHash } from './commitment.ts';
export type { Consumer, ConsumerContext } from './consumer.ts';
export { Courtesy } from './courtesy.ts';
export { LogFeed, type Subscriber, type Subscription } from './feed.ts';
export { type FollowOptions, type RunningConsumer, startConsumer } from './follow.ts';
export {
  type CommitObserver,
  type DuplicateKey,
  GroupCommit,
  type GroupCommitOptions,
  type Stored,
} from './group-commit.ts';
export {
  type ArchiveStanding,
  archiveStanding,
  type BlockStanding,
  blockStanding,
  FEWEST_AHEAD,
  keepBlocks,
  startKeepingBlocks,
} from './keep-blocks.ts';
export { numberTheRest } from './number-the-rest.ts';
export { entryOf, headPosition, isWritten, readAfter, readBefore, readSubject } from './read.ts';
export { readDuty } from './read-duty.ts';
export { readStretch } from './read-stretch.ts';
export { readSubjects } from './read-subjects.ts';
export { readWhole } from './read-whole.ts';
export { retrySetAside } from './retry-set-aside.ts';
export { readSealedParts, type SealedPart, type SealedRow } from './sealed.ts';
export { Sequencer, type SequencerOptions } from './sequencer.ts';
export { Subscribers } from './subscribers.ts';
export { type ArchivedParts, type Fault, type Verification, verifyLog } from './verify.ts';
export { Wake } from './wake.ts';
export { WokenLoop } from './woken-loop.ts';
