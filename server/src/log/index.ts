export { appendEntries } from './append.ts';
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
export { numberTheRest } from './number-the-rest.ts';
export { isPassing } from './passing-error.ts';
export { headPosition, readAfter, readBefore, readSubject } from './read.ts';
export { DUTY_KINDS, readDuty } from './read-duty.ts';
export { readSubjects } from './read-subjects.ts';
export { retrySetAside } from './retry-set-aside.ts';
export { Sequencer, type SequencerOptions } from './sequencer.ts';
export { type Fault, type Verification, verifyLog } from './verify.ts';
export { Wake } from './wake.ts';
export { WokenLoop } from './woken-loop.ts';
