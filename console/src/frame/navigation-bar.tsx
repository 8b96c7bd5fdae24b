import { useClickOutside } from '@mantine/hooks';
import { type FocusEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import styles from './navigation.module.css';
import type { Place } from './navigation.ts';

/** Where one can go: side by side where there is room, else in a list behind the name of the open one. */
export function NavigationBar({ places }: { readonly places: readonly Place[] }) {
  const { t } = useTranslation();
  const [location] = useLocation();
  const [open, setOpen] = useState(false);
  const id = useId();
  const toggle = useRef<HTMLButtonElement>(null);
  const outside = useClickOutside<HTMLDivElement>(() => setOpen(false));
  const here = places.find((place) => location.startsWith(place.path));
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return;
    event.stopPropagation();
    setOpen(false);
    toggle.current?.focus();
  };
  const closeWhenLeft = (event: FocusEvent<HTMLDivElement>) => {
    if (event.relatedTarget !== null && !event.currentTarget.contains(event.relatedTarget)) setOpen(false);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it listens to what its button and links are given
    <div
      ref={outside}
      className={styles.navigation}
      data-open={open}
      data-alone={places.length <= 1}
      onKeyDown={closeOnEscape}
      onBlur={closeWhenLeft}
    >
      <button
        ref={toggle}
        type="button"
        className={styles.toggle}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <span>{here ? t(here.name) : t('place.navigation')}</span>
        <span aria-hidden="true">▾</span>
      </button>
      <nav id={id} className={styles.nav} aria-label={t('place.navigation')}>
        {places.map((place) => (
          <Link
            key={place.path}
            href={place.path}
            className={styles.link}
            aria-current={place === here ? 'page' : undefined}
            onClick={() => setOpen(false)}
          >
            {t(place.name)}
          </Link>
        ))}
      </nav>
    </div>
  );
}
