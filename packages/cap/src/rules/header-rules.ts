import { instantOf } from '../time.ts';
import type { AlertRule } from './rule.ts';

/** CAP 1.2, 3.2.1: "MUST NOT include spaces, commas or restricted characters (< and &)". */
const FORBIDDEN = /[\s,<&]/;
const EXERCISE_WORDS = /diễn tập|exercise|учени|тренировк|演习|演練|drill/i;

export const headerRules: readonly AlertRule[] = [
  ({ identifier, sender }, say) => {
    for (const [name, text] of [
      ['identifier', identifier],
      ['sender', sender],
    ] as const) {
      if (text === '') say(`${name}.missing`, 'error', `alert/${name}`, `${name} is empty`);
      else if (FORBIDDEN.test(text))
        say(`${name}.characters`, 'error', `alert/${name}`, `${name} holds a space, a comma, < or &`);
    }
  },
  // WMO-No. 1109 and the OID tree: 2.49.0.0.<country> are the authorities, 2.49.0.1.<country> their alerts.
  ({ identifier }, say) => {
    if (/^(?:urn:oid:)?2\.49\.0\.0\./.test(identifier))
      say(
        'identifier.arc',
        'warning',
        'alert/identifier',
        'the arc 2.49.0.0 names an authority; its alerts are below 2.49.0.1',
      );
  },
  ({ msgType, references, identifier, sender, sent }, say) => {
    const path = 'alert/references';
    if (
      msgType !== 'Alert' &&
      references.length === 0 &&
      ['Update', 'Cancel', 'Ack', 'Error'].includes(msgType)
    )
      say('references.missing', 'error', path, `${msgType} must name the messages it is about`);
    if (msgType === 'Alert' && references.length > 0)
      say(
        'references.on-alert',
        'warning',
        path,
        'Alert is a first message; what follows another is an Update',
      );
    for (const reference of references) {
      if (reference.identifier === identifier && reference.sender === sender)
        say('references.self', 'error', path, 'the message refers to itself');
      const before = instantOf(reference.sent);
      const own = instantOf(sent);
      if (before !== null && own !== null && before > own)
        say('references.future', 'error', path, `${reference.identifier} was sent after this message`);
    }
  },
  ({ scope, restriction, addresses }, say) => {
    if (scope === 'Restricted' && !restriction?.trim())
      say('restriction.missing', 'error', 'alert/restriction', 'Restricted must say for whom');
    if (scope !== 'Restricted' && restriction !== null)
      say(
        'restriction.scope',
        'warning',
        'alert/restriction',
        `restriction is for Restricted, the scope is ${scope ?? 'not given'}`,
      );
    if (scope === 'Private' && addresses.length === 0)
      say('addresses.missing', 'error', 'alert/addresses', 'Private must name its recipients');
  },
  ({ status, msgType, note }, say) => {
    if (status === 'Exercise' && !note?.trim())
      say('note.exercise', 'warning', 'alert/note', 'an exercise names itself in note');
    if (msgType === 'Error' && !note?.trim())
      say('note.error', 'warning', 'alert/note', 'Error explains itself in note');
  },
  ({ msgType, info }, say) => {
    if (info.length === 0 && (msgType === 'Alert' || msgType === 'Update'))
      say('info.missing', 'error', 'alert/info', `${msgType} without info tells nobody anything`);
  },
  // An exercise that went out as real has happened to others (handbook, warnings.md 6.1).
  (alert, say) => {
    if (alert.status !== 'Actual') return;
    const texts = [alert.note, ...alert.info.flatMap((one) => [one.event, one.headline, one.description])];
    if (texts.some((text) => text !== null && EXERCISE_WORDS.test(text)))
      say('status.exercise-words', 'warning', 'alert/status', 'Actual, and the text speaks of an exercise');
  },
];
