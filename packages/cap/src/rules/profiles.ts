import type { Alert, Info } from '../model.ts';
import { type AlertRule, eachInfo, type Say } from './rule.ts';

/** What some readers demand beyond the standard (handbook, warnings.md 1.2). `strict` is Keng's own, which everything that it writes keeps. */
export const PROFILE_NAMES = ['wmo', 'ipaws', 'canada', 'australia', 'google', 'strict'] as const;
export type ProfileName = (typeof PROFILE_NAMES)[number];

const required = (profile: ProfileName, name: keyof Info): AlertRule => {
  return (alert, say) =>
    eachInfo(alert, (info, path) => {
      const value = info[name];
      if (value === null || value === '' || (Array.isArray(value) && value.length === 0))
        say(`profile.${profile}.${name}`, 'error', `${path}/${name}`, `${profile} needs ${name}`);
    });
};

const code = (profile: ProfileName, wanted: RegExp, text: string): AlertRule => {
  return (alert, say) => {
    if (!alert.code.some((one) => wanted.test(one)))
      say(`profile.${profile}.code`, 'error', 'alert/code', text);
  };
};

const located = (profile: ProfileName): AlertRule => {
  return (alert, say) =>
    eachInfo(alert, (info, path) => {
      if (!info.area.some((one) => one.polygon.length + one.circle.length + one.geocode.length > 0))
        say(
          `profile.${profile}.area`,
          'error',
          `${path}/area`,
          `${profile} needs a polygon, a circle or a code`,
        );
    });
};

const known = (profile: ProfileName): AlertRule => {
  return (alert, say) =>
    eachInfo(alert, (info, path) => {
      for (const name of ['urgency', 'severity', 'certainty'] as const)
        if (info[name] === 'Unknown')
          say(`profile.${profile}.${name}`, 'error', `${path}/${name}`, `${profile} takes no Unknown`);
    });
};

const hasInfo = (alert: Alert): boolean => alert.msgType === 'Alert' || alert.msgType === 'Update';

export const PROFILES: Readonly<Record<ProfileName, readonly AlertRule[]>> = {
  // WMO-No. 1109: registered identifiers, polygons preferred, an end.
  wmo: [
    ({ identifier }, say) => {
      if (!/^(?:urn:oid:)?2\.49\.0\.1\.\d+/.test(identifier))
        say(
          'profile.wmo.identifier',
          'warning',
          'alert/identifier',
          'identifiers are below 2.49.0.1.<country>',
        );
    },
    required('wmo', 'expires'),
    located('wmo'),
  ],
  // FEMA, IPAWS profile 1.0.
  ipaws: [
    code('ipaws', /^IPAWSv1\.0$/, 'the code IPAWSv1.0 is missing'),
    (alert, say) =>
      eachInfo(alert, (info, path) => {
        const same = info.eventCode.filter((one) => one.valueName === 'SAME');
        if (same.length !== 1)
          say(
            'profile.ipaws.eventCode',
            'error',
            `${path}/eventCode`,
            `exactly one SAME code of event, not ${same.length}`,
          );
        if (
          info.area.length > 0 &&
          !info.area.some((one) => one.geocode.some(({ valueName }) => valueName === 'SAME'))
        )
          say('profile.ipaws.geocode', 'advice', `${path}/area`, 'a SAME geocode is recommended');
      }),
    required('ipaws', 'expires'),
    required('ipaws', 'area'),
  ],
  // CAP-CP 0.4.
  canada: [
    code('canada', /^profile:CAP-CP:\d/, 'the code profile:CAP-CP:0.4 is missing'),
    (alert, say) => {
      if (!hasInfo(alert)) return;
      const languages = alert.info.map((one) => (one.language ?? '').toLowerCase().split('-')[0]);
      for (const language of ['en', 'fr'])
        if (!languages.includes(language))
          say('profile.canada.language', 'warning', 'alert/info', `there is no info in ${language}`);
    },
    (alert, say) =>
      eachInfo(alert, (info, path) => {
        if (
          !info.eventCode.some(
            (one) => one.valueName === 'profile:CAP-CP:Event:0.4' || /CAP-CP:Event/.test(one.valueName),
          )
        )
          say(
            'profile.canada.eventCode',
            'error',
            `${path}/eventCode`,
            'a code of profile:CAP-CP:Event is missing',
          );
        for (const [index, area] of info.area.entries())
          if (!area.geocode.some((one) => /CAP-CP:Location/.test(one.valueName)))
            say(
              'profile.canada.geocode',
              'error',
              `${path}/area[${index + 1}]`,
              'a code of profile:CAP-CP:Location is missing',
            );
      }),
  ],
  // CAP-AU-STD.
  australia: [
    code('australia', /CAP-AU/i, 'the code of CAP-AU is missing'),
    ({ sender }, say) => {
      if (!/^[^@\s]+@[^@\s]+$/.test(sender))
        say('profile.australia.sender', 'warning', 'alert/sender', 'the sender is like a mail address');
    },
    (alert, say) =>
      eachInfo(alert, (info, path) => {
        const listed = info.eventCode.filter((one) => /AUeventLIST/i.test(one.valueName));
        if (listed.length !== 1)
          say(
            'profile.australia.eventCode',
            'error',
            `${path}/eventCode`,
            `exactly one code of AUeventLIST, not ${listed.length}`,
          );
        if (alert.msgType === 'Cancel' && info.effective !== null)
          say('profile.australia.effective', 'warning', `${path}/effective`, 'a Cancel has no effective');
      }),
  ],
  google: [
    required('google', 'description'),
    required('google', 'web'),
    required('google', 'expires'),
    known('google'),
    located('google'),
  ],
  // What Keng writes: an end, a place that a device understands, languages declared, no doubt in the words.
  strict: [
    required('strict', 'language'),
    required('strict', 'senderName'),
    required('strict', 'headline'),
    required('strict', 'expires'),
    (alert, say) => {
      if (alert.msgType === 'Alert' || alert.msgType === 'Update') {
        required('strict', 'instruction')(alert, say, {});
        required('strict', 'description')(alert, say, {});
      }
    },
    known('strict'),
    located('strict'),
    (alert, say) => references(alert, say),
  ],
};

function references(alert: Alert, say: Say): void {
  for (const reference of alert.references)
    if (reference.sent === null)
      say(
        'profile.strict.references',
        'error',
        'alert/references',
        `${reference.identifier} is named without its time`,
      );
}
