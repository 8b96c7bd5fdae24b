import { type Alert, type Info, languageOf } from '../model.ts';
import { instantOf } from '../time.ts';
import { type AlertRule, eachInfo, type Say } from './rule.ts';

const MARKUP = /<\/?[a-z][a-z0-9]*(?:\s[^<>]*)?\/?>|&(?:nbsp|lt|gt|amp|quot);/i;
const ABSOLUTE = /^[a-z][a-z0-9+.-]*:\/\/[^\s/]/i;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** CAP 1.2, 3.2.2, on headline: "less than 160 characters" is what text devices take. */
const HEADLINE = 160;
const TEXTS = ['event', 'headline', 'description', 'instruction'] as const;

export const infoRules: readonly AlertRule[] = [
  (alert, say) => eachInfo(alert, (info, path) => times(info, alert.sent, path, say)),
  (alert, say) =>
    eachInfo(alert, (info, path) => {
      if (info.expires === null)
        say(
          'expires.missing',
          'warning',
          `${path}/expires`,
          'each recipient decides alone how long it holds',
        );
      if (info.headline !== null && [...info.headline].length > HEADLINE)
        say('headline.long', 'advice', `${path}/headline`, `more than ${HEADLINE} characters`);
      if (info.description !== null && info.description.trim() !== '' && info.description === info.headline)
        say('description.same', 'advice', `${path}/description`, 'it repeats the headline');
      for (const name of TEXTS) {
        const text = info[name];
        if (text !== null && MARKUP.test(text))
          say('text.markup', 'warning', `${path}/${name}`, 'markup is read out and shown as it stands');
      }
      if (info.web !== null && !ABSOLUTE.test(info.web))
        say('web.relative', 'error', `${path}/web`, 'web is a whole address, with its scheme');
      for (const name of ['urgency', 'severity', 'certainty'] as const)
        if (info[name] === 'Unknown')
          say(`${name}.unknown`, 'advice', `${path}/${name}`, 'Unknown is discouraged');
      if (info.certainty === 'Very Likely')
        say('certainty.old', 'warning', `${path}/certainty`, 'Very Likely is of CAP 1.0; Likely since then');
    }),
  (alert, say) => eachInfo(alert, (info, path) => resources(info, path, say)),
  (alert, say) => {
    const languages = new Map<string, string>();
    eachInfo(alert, (info, path) => {
      if (info.language === null && alert.info.length > 1)
        say('language.missing', 'warning', `${path}/language`, 'without language it is en-US');
      const language = languageOf(info).toLowerCase();
      const known = languages.get(language);
      if (known !== undefined && sameAreas(alert.info, known, path))
        say('language.twice', 'advice', `${path}/language`, `${language} stands in ${known} too`);
      languages.set(language, path);
    });
  },
  (alert, say) => sameText(alert, say),
  (alert, say) => {
    const [first, ...others] = alert.info;
    if (!first) return;
    const categories = [...first.category].sort().join(' ');
    for (const [index, info] of others.entries()) {
      const path = `alert/info[${index + 2}]`;
      if ([...info.category].sort().join(' ') !== categories)
        say('category.differs', 'warning', `${path}/category`, 'infos of one message are of one category');
      if (
        JSON.stringify(info.eventCode) !== JSON.stringify(first.eventCode) &&
        differsInLanguage(first, info)
      )
        say(
          'eventCode.differs',
          'advice',
          `${path}/eventCode`,
          'infos of one message have one code of event',
        );
    }
  },
];

function differsInLanguage(one: Info, other: Info): boolean {
  return languageOf(one) !== languageOf(other);
}

function sameAreas(infos: readonly Info[], one: string, other: string): boolean {
  const at = (path: string): Info | undefined => infos[Number(/\d+/.exec(path)?.[0]) - 1];
  return JSON.stringify(at(one)?.area) === JSON.stringify(at(other)?.area);
}

function times(info: Info, sent: string, path: string, say: Say): void {
  const sentMs = instantOf(sent);
  const effective = instantOf(info.effective);
  const onset = instantOf(info.onset);
  const expires = instantOf(info.expires);
  if (expires !== null) {
    if (sentMs !== null && expires <= sentMs)
      say('expires.past', 'error', `${path}/expires`, 'it is over when it is sent');
    if (effective !== null && expires <= effective)
      say('expires.before-effective', 'error', `${path}/expires`, 'it is over before it is effective');
    if (onset !== null && expires < onset)
      say('expires.before-onset', 'error', `${path}/expires`, 'it is over before the event begins');
  }
  // UTC written with the offset of a local time, or the reverse: the hours between the two are those of the offset.
  if (sentMs !== null && effective !== null && sentMs > effective && /[-+]00:00$|Z$/.test(sent)) {
    const offset = /([-+])(\d\d):(\d\d)$/.exec(info.effective ?? '');
    const minutes = offset ? Number(`${offset[1]}1`) * (Number(offset[2]) * 60 + Number(offset[3])) : 0;
    if (minutes !== 0 && Math.abs((sentMs - effective) / 60_000 - minutes) < 1)
      say(
        'sent.offset',
        'error',
        'alert/sent',
        `sent is ${minutes} minutes after effective: a local time that is called UTC`,
      );
  }
}

function resources(info: Info, path: string, say: Say): void {
  for (const [index, resource] of info.resource.entries()) {
    const own = `${path}/resource[${index + 1}]`;
    const { uri, derefUri, size, digest } = resource;
    if (uri === null && derefUri === null)
      say('resource.nowhere', 'error', own, 'neither an address nor the content itself');
    else if (derefUri === null && uri !== null && !ABSOLUTE.test(uri))
      say('resource.relative', 'error', `${own}/uri`, 'a relative address needs the content in derefUri');
    if (derefUri !== null && !BASE64.test(derefUri))
      say('resource.base64', 'error', `${own}/derefUri`, 'derefUri is not base64');
    if (derefUri !== null && digest === null)
      say(
        'resource.digest',
        'advice',
        `${own}/digest`,
        'without digest nobody can tell whether it came whole',
      );
    if (size !== null && size < 0) say('resource.size', 'error', `${own}/size`, 'a size below zero');
  }
}

/** A shorter text may well be the same in two languages: a name, a number, "SOS". */
const LONG_ENOUGH = 16;

/** Two languages, one text: one of them is not what it says. */
function sameText(alert: Alert, say: Say): void {
  const seen = new Map<string, { readonly language: string; readonly path: string }>();
  eachInfo(alert, (info, path) => {
    const language = languageOf(info).toLowerCase().split('-')[0] ?? '';
    for (const name of ['headline', 'description', 'instruction'] as const) {
      const text = info[name]?.trim() ?? '';
      if (text.length < LONG_ENOUGH) continue;
      const known = seen.get(`${name} ${text}`);
      if (known && known.language !== language)
        say(
          'language.same-text',
          'error',
          `${path}/${name}`,
          `the text of ${known.path}, which is another language`,
        );
      seen.set(`${name} ${text}`, { language, path });
    }
  });
}
