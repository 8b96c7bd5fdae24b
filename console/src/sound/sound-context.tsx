import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { csrfValue } from '../api/client.ts';
import { useLive, useLiveStore } from '../live/live-context.tsx';
import { AlarmSound } from './alarm-sound.ts';

interface SoundValue {
  readonly blocked: boolean;
  readonly unlock: () => void;
  /** Rings once, for the test of the sound; false: the browser does not let it be heard. */
  readonly test: () => Promise<boolean>;
}

const Context = createContext<SoundValue>({
  blocked: false,
  unlock: () => undefined,
  test: () => Promise.resolve(false),
});

/**
 * Rings while the worker says that this desk has an alarm nobody accepted and that this tab is the one to ring, and says it to screen
 * readers once.
 */
export function SoundProvider({ children }: { readonly children: ReactNode }) {
  const store = useLiveStore();
  const [audible, setAudible] = useState<boolean | null>(null);
  const prove = useRef<() => void>(() => undefined);
  const [sound] = useState(
    () =>
      new AlarmSound({
        audible: (allowed) => {
          setAudible(allowed);
          store.send({ type: 'audible', allowed });
          prove.current();
        },
        struck: () => store.send({ type: 'struck' }),
      }),
  );
  const { sounding, arrivals, desks, absences } = useLive('sound');
  const ringing = useLive('ringing');

  useEffect(() => {
    prove.current = () => {
      const visible = document.visibilityState === 'visible';
      store.send({ type: 'proof', proof: { sound: sound.proof(), visible, csrf: csrfValue() } });
    };
    const say = () => prove.current();
    const stop = store.onProve(say);
    document.addEventListener('visibilitychange', say);
    say();
    return () => {
      stop();
      document.removeEventListener('visibilitychange', say);
    };
  }, [store, sound]);

  useEffect(() => {
    void sound.unlock();
    // The first touch of the page, wherever it is, opens the sound without anybody having to look for the button.
    const touched = () => void sound.unlock();
    globalThis.addEventListener('pointerdown', touched, { once: true });
    globalThis.addEventListener('keydown', touched, { once: true });
    return () => {
      globalThis.removeEventListener('pointerdown', touched);
      globalThis.removeEventListener('keydown', touched);
      sound.close();
    };
  }, [sound]);

  useEffect(() => {
    const alarms = sounding + arrivals + desks;
    if (alarms + absences === 0 || ringing !== 'here') sound.stop();
    else sound.start(alarms > 0 ? 'alarm' : 'attention');
  }, [sound, sounding, arrivals, desks, absences, ringing]);
  useEffect(() => {
    // Passed over while the machine was busy: here it is again.
    if (ringing === 'nobody' && audible === true) store.send({ type: 'audible', allowed: true });
  }, [store, ringing, audible]);
  // Another tab that is heard is enough.
  const blocked = audible === false && ringing === 'nobody';

  const value = useMemo<SoundValue>(
    () => ({
      blocked,
      unlock: () => {
        void sound.unlock().then((open) => {
          if (open) sound.strike();
        });
      },
      test: async () => {
        const open = await sound.unlock();
        if (open) sound.strike();
        return open;
      },
    }),
    [blocked, sound],
  );
  return (
    <Context.Provider value={value}>
      {children}
      <Announcement />
    </Context.Provider>
  );
}

export const useSound = (): SoundValue => useContext(Context);

/** For screen readers: one polite sentence a message, however many alarms it brought. */
function Announcement() {
  const { t } = useTranslation();
  const { fresh, first } = useLive('sound');
  return (
    <p className="k-visually-hidden" role="status" aria-live="polite">
      {fresh > 0 && first !== null
        ? t('sound.announcement', {
            count: fresh,
            number: first.number,
            name: first.name,
            address: first.address,
          })
        : ''}
    </p>
  );
}
