import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useFacilities } from '../../api/facilities.ts';
import { useMyAlarms, useMyDevices, useMyWorks } from '../../api/mine.ts';
import { AsyncState } from '../../components/async-state.tsx';
import { setCentreTime } from '../../components/now.ts';
import { PageFrame } from '../../components/page.tsx';
import { CallBar } from '../owner/call-bar.tsx';
import { LineState } from '../owner/line-state.tsx';
import { ClosedAlarms } from './closed-alarms.tsx';
import { MyAlarmList } from './my-alarm-list.tsx';
import { MyContacts } from './my-contacts.tsx';
import { MyFacilityList } from './my-facility-list.tsx';
import { MyWorksList } from './my-works-list.tsx';
import styles from './page.module.css';

const EVERYTHING = { search: '', area: null, category: null } as const;

/** For the owner of facilities: what alarms there now and what to answer; how the devices are; what is silent. */
export function Page() {
  const { t } = useTranslation();
  const alarms = useMyAlarms();
  const facilities = useFacilities(EVERYTHING);
  const devices = useMyDevices();
  const works = useMyWorks();
  const { data } = alarms;
  useEffect(() => {
    if (data) setCentreTime(Date.parse(data.now));
  }, [data]);
  const open = data?.alarms.filter((one) => one.incident.status === 'open') ?? [];
  return (
    <>
      <PageFrame title={t('place.my-facilities')} width="form">
        <div className={styles.sections}>
          <div>
            <LineState updatedAt={alarms.dataUpdatedAt} failing={alarms.error !== null} />
            <AsyncState query={alarms}>{(mine) => <MyAlarmList mine={mine} />}</AsyncState>
          </div>
          <MyFacilityList
            query={facilities}
            devices={devices}
            alarming={new Set(open.map((one) => one.facility.id))}
            works={works.data ?? []}
          />
          <MyWorksList query={works} devices={devices.data ?? []} />
          <MyContacts />
          {data && <ClosedAlarms alarms={data.alarms} />}
        </div>
      </PageFrame>
      {open.length > 0 && <CallBar number={data?.emergencyNumber ?? null} />}
    </>
  );
}
