import { useClickOutside } from '@mantine/hooks';
import { type FocusEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import styles from './navigation.module.css';
import type { Place } from './navigation.ts';
import { usePlacesThatFit } from './use-places-that-fit.ts';

/** Where one can go: side by side as far as there is room, the rest in a list behind a button. On a telephone all stand in the list. */
export function NavigationBar({ places }: { readonly places: readonly Place[] }) {
  const { t } = useTranslation();
  const [location] = useLocation();
  const [open, setOpen] = useState(false);
  const id = useId();
  const toggle = useRef<HTMLButtonElement>(null);
  const outside = useClickOutside<HTMLElement>(() => setOpen(false));
  const { row, fitting } = usePlacesThatFit(places.length);
  const here = places.find((place) => location.startsWith(place.path));
  const listed = places.slice(fitting);
  const hereIsListed = here !== undefined && listed.includes(here);
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return;
    event.stopPropagation();
    setOpen(false);
    toggle.current?.focus();
  };
  const closeWhenLeft = (event: FocusEvent<HTMLElement>) => {
    if (event.relatedTarget !== null && !event.currentTarget.contains(event.relatedTarget)) setOpen(false);
  };
  const link = (place: Place, className: string | undefined, hidden = false) => (
    <Link
      key={place.path}
      href={place.path}
      className={className ?? ''}
      aria-current={place === here ? 'page' : undefined}
      style={hidden ? { visibility: 'hidden' } : undefined}
      onClick={() => setOpen(false)}
    >
      {t(place.name)}
    </Link>
  );
  return (
    <nav
      ref={outside}
      className={styles.navigation}
      aria-label={t('place.navigation')}
      onKeyDown={closeOnEscape}
      onBlur={closeWhenLeft}
    >
      <div ref={row} className={styles.row}>
        {places.map((place, index) => link(place, styles.link, index >= fitting))}
      </div>
      {listed.length > 0 && places.length > 1 && (
        <button
          ref={toggle}
          type="button"
          className={styles.toggle}
          data-here={hereIsListed}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          <span>{hereIsListed ? t(here.name) : t(fitting > 0 ? 'place.more' : 'place.navigation')}</span>
          <span aria-hidden="true">▾</span>
        </button>
      )}
      <div id={id} className={styles.list} hidden={!open}>
        {open && listed.map((place) => link(place, styles.item))}
      </div>
    </nav>
  );
}
