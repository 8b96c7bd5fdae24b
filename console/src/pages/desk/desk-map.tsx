import { Button, useComputedColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, trusted } from '../../api/client.ts';
import { useOrganisations } from '../../api/queries.ts';
import { useLive, useLiveStore } from '../../live/live-context.tsx';
import { type MapAreas, type Outlines, toMapAreas } from '../../map/areas.ts';
import { fontsReady, KengMap, WHOLE_COUNTRY } from '../../map/keng-map.ts';
import { readPalette } from '../../map/palette.ts';
import { useSession } from '../../session/session-context.tsx';
import { useDesk } from './desk-context.tsx';
import styles from './desk-map.module.css';

function useAreas() {
  const { i18n } = useTranslation();
  const outlines = useQuery({
    queryKey: ['areas', 'provinces'],
    queryFn: ({ signal }) => get('/areas/provinces', trusted<Outlines>(), signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const { data } = outlines;
  return { areas: data === undefined ? null : toMapAreas(data, i18n.language), error: outlines.error };
}

/** Bounds of the desk's own province; the whole country for the national desk. */
function useHome(areas: MapAreas | null): readonly [number, number, number, number] {
  const { session } = useSession();
  const { data } = useOrganisations();
  const area = data?.find((one) => one.code === session.user.organisation)?.areaCode;
  return (area && areas?.bounds.get(area)) || WHOLE_COUNTRY;
}

export { workerReady } from '../../map/keng-map.ts';

export function DeskMap() {
  const { t, i18n } = useTranslation();
  const store = useLiveStore();
  const scheme = useComputedColorScheme('dark');
  const { areas, error } = useAreas();
  const home = useHome(areas);
  const { select, panel } = useDesk();
  const box = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<KengMap | null>(null);
  const pick = useRef(select);
  pick.current = select;
  const ready = areas !== null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: made once, when the outlines are here; the rest follows by effects of its own
  useEffect(() => {
    const container = box.current;
    if (container === null || !ready) return;
    let made: KengMap | null = null;
    let gone = false;
    let stop = () => {};
    void fontsReady().then(() => {
      if (gone) return;
      made = new KengMap({
        container,
        palette: readPalette(),
        bounds: home,
        onPick: (id) => pick.current(id),
        onBroken: () => store.send({ type: 'map', wanted: true }),
      });
      const drawn = made;
      stop = store.onMap((diff) => drawn.push(diff));
      setMap(drawn);
    });
    return () => {
      gone = true;
      stop();
      made?.remove();
      setMap(null);
    };
  }, [ready, store]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the outlines are the same; only the language of the labels changes
  useEffect(() => {
    if (map && areas) void map.setAreas(areas);
  }, [map, ready, i18n.language]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme is what changes the variables that readPalette reads
  useEffect(() => void map?.setPalette(readPalette()), [map, scheme]);
  useEffect(() => {
    if (panel === 'map') map?.resize();
  }, [map, panel]);
  useSelection(map);
  const layer = useFacilityLayer(map);
  useCommunes(map);

  return (
    <>
      <div ref={box} className={styles.map} role="application" aria-label={t('map.label')} />
      <div className={styles.tools}>
        <Button size="xs" variant="default" h={36} onClick={() => map?.fit(home)}>
          {t('map.home')}
        </Button>
        <Button size="xs" variant="default" h={36} onClick={() => map?.fit(WHOLE_COUNTRY)}>
          {t('map.country')}
        </Button>
        <Button
          size="xs"
          variant={layer.shown ? 'light' : 'default'}
          h={36}
          aria-pressed={layer.shown}
          onClick={layer.toggle}
        >
          {layer.text}
        </Button>
      </div>
      <p className={styles.legend}>
        <span className={styles.red} /> {t('map.legend-unaccepted')}
        <span className={styles.hollow} /> {t('map.legend-working')}
      </p>
      {error && <p className={styles.problem}>{t('map.no-areas')}</p>}
    </>
  );
}

function useSelection(map: KengMap | null): void {
  const open = useLive('open');
  const position = open?.incident?.facility.position ?? null;
  const [lon, lat] = position ?? [];
  useEffect(() => {
    void map?.select(lon === undefined || lat === undefined ? null : [lon, lat]);
  }, [map, lon, lat]);
}

/** Ten thousand borders come when somebody goes near enough to see them; a centre without them draws none. */
function useCommunes(map: KengMap | null): void {
  const store = useLiveStore();
  const { url } = useLive('communes');
  useEffect(() => map?.onNear(() => store.loadCommunes()), [map, store]);
  useEffect(() => {
    if (map !== null && url !== null) void map.setLayer('communes', url);
  }, [map, url]);
}

/** A hundred thousand points come after the first screen, and only then. */
function useFacilityLayer(map: KengMap | null) {
  const { t } = useTranslation();
  const store = useLiveStore();
  const { can } = useSession();
  const layer = useLive('facilities');
  const [shown, setShown] = useState(true);
  const wanted = shown && can('facility.read');
  useEffect(() => {
    if (map === null || !wanted) return;
    let cancelled = false;
    void map.loaded.then(() => {
      const load = () => {
        if (!cancelled) store.loadFacilities();
      };
      // When the browser has nothing better to do, but not never; where it cannot say, a second after the map.
      if ('requestIdleCallback' in globalThis) requestIdleCallback(load, { timeout: 2_000 });
      else setTimeout(load, 1_000);
    });
    return () => {
      cancelled = true;
    };
  }, [map, wanted, store]);
  useEffect(() => void map?.setLayer('facilities', wanted ? layer.url : null), [map, wanted, layer.url]);
  return {
    shown,
    toggle: () => setShown(!shown),
    text: t(`map.facilities-${layer.status}`, { count: layer.count }),
  };
}
