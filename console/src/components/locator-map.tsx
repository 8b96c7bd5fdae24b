import { useElementSize, useMergedRef } from '@mantine/hooks';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOutlines } from '../api/areas.ts';
import styles from './locator-map.module.css';
import { type LonLat, pathOf, scaleBar, toLonLat, toPixel, type View, viewOf } from './locator-projection.ts';

export type PointKind = 'facility' | 'fire' | 'station' | 'water';

export interface MapPoint {
  readonly position: LonLat;
  readonly kind: PointKind;
  readonly label: string;
}

interface LocatorMapProps {
  readonly points: readonly MapPoint[];
  /** Read to those who do not see it. */
  readonly label: string;
  /** Draws a line between these two. */
  readonly line?: readonly [LonLat, LonLat] | null;
  readonly leastKm?: number;
  /** Where to look while there is no point, and where the view stays while somebody points. */
  readonly centre?: LonLat;
  readonly onPick?: (position: LonLat) => void;
}

/** Where one thing lies: outlines of the country pack, a few points, a scale. Drawn as SVG: no service, no graphics card. */
export function LocatorMap({ points, label, line = null, leastKm = 3, centre, onPick }: LocatorMapProps) {
  const { t } = useTranslation();
  const { ref: sized, width, height } = useElementSize<HTMLElement>();
  const { zoom, shift, zoomBy, moveBy, drag } = useMoves(onPick !== undefined);
  const ref = useMergedRef(sized);
  // The first place looked at stays: ground that jumps under the pointer cannot be pointed at.
  const [first] = useState({ centre, leastKm });
  const shown = first.centre ? [first.centre] : points.map(({ position }) => position);
  if (shown.length === 0) return <p className={styles.none}>{t('locator.none')}</p>;
  const base = viewOf(shown, { width, height }, first.centre ? first.leastKm : leastKm);
  const kmPerPixel = base.kmPerPixel / zoom;
  const view: View = {
    ...base,
    kmPerPixel,
    centre: toLonLat({ ...base, kmPerPixel }, [width / 2 - shift[0] * zoom, height / 2 - shift[1] * zoom]),
  };

  const pick = (event: PointerEvent<HTMLElement>) => {
    if (onPick === undefined || drag.moved()) return;
    const box = event.currentTarget.getBoundingClientRect();
    onPick(toLonLat(view, [event.clientX - box.left, event.clientY - box.top]));
  };
  return (
    <section
      ref={ref}
      className={styles.map}
      data-picking={onPick !== undefined}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrows move the map, + and - make it larger
      tabIndex={0}
      onKeyDown={keysOf(moveBy, zoomBy)}
      onPointerDown={drag.down}
      onPointerMove={drag.move}
      onPointerUp={(event) => {
        drag.up();
        if (!(event.target instanceof HTMLButtonElement)) pick(event);
      }}
    >
      {width > 0 && <Drawing view={view} points={points} line={line} />}
      <div className={styles.buttons}>
        <button type="button" aria-label={t('locator.closer')} onClick={() => zoomBy(2)}>
          +
        </button>
        <button type="button" aria-label={t('locator.farther')} onClick={() => zoomBy(0.5)}>
          −
        </button>
      </div>
    </section>
  );
}

/** Zoom and shift by hand; the shift is kept in pixels of the view as it was first drawn. */
function useMoves(picking: boolean) {
  const [zoom, setZoom] = useState(1);
  const [shift, setShift] = useState<readonly [number, number]>([0, 0]);
  const from = useRef<{ x: number; y: number; moved: boolean } | null>(null);
  const wasMoved = useRef(false);
  const zoomBy = (factor: number) => setZoom((now) => Math.min(256, Math.max(1 / 256, now * factor)));
  const moveBy = (x: number, y: number) => setShift(([left, top]) => [left + x / zoom, top + y / zoom]);
  const drag = {
    down: (event: PointerEvent<HTMLElement>) => {
      from.current = { x: event.clientX, y: event.clientY, moved: false };
      wasMoved.current = false;
    },
    move: (event: PointerEvent<HTMLElement>) => {
      const start = from.current;
      if (start === null || (event.pointerType === 'touch' && !picking)) return;
      const [x, y] = [event.clientX - start.x, event.clientY - start.y];
      // A hand that trembles while it points does not drag.
      if (!start.moved && Math.hypot(x, y) < 5) return;
      from.current = { x: event.clientX, y: event.clientY, moved: true };
      wasMoved.current = true;
      moveBy(x, y);
    },
    up: () => {
      from.current = null;
    },
    moved: () => wasMoved.current,
  };
  return { zoom, shift, zoomBy, moveBy, drag };
}

const STEP = 60;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [STEP, 0],
  ArrowRight: [-STEP, 0],
  ArrowUp: [0, STEP],
  ArrowDown: [0, -STEP],
};

function keysOf(moveBy: (x: number, y: number) => void, zoomBy: (factor: number) => void) {
  return (event: KeyboardEvent<HTMLElement>) => {
    const arrow = ARROWS[event.key];
    if (arrow) moveBy(...arrow);
    else if (event.key === '+' || event.key === '=') zoomBy(2);
    else if (event.key === '-') zoomBy(0.5);
    else return;
    event.preventDefault();
  };
}

interface DrawingProps {
  readonly view: View;
  readonly points: readonly MapPoint[];
  readonly line: readonly [LonLat, LonLat] | null;
}

function Drawing({ view, points, line }: DrawingProps) {
  const outlines = useOutlines();
  const { width, height } = view;
  const path = pathOf(
    view,
    (outlines.data ?? []).flatMap(({ rings }) => rings),
  );
  const ends = line?.map((end) => toPixel(view, end));
  const bar = scaleBar(view.kmPerPixel, 90);
  return (
    <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <path className={styles.land} d={path} fillRule="evenodd" />
      {ends?.[0] && ends[1] && (
        <line className={styles.line} x1={ends[0][0]} y1={ends[0][1]} x2={ends[1][0]} y2={ends[1][1]} />
      )}
      {points.map((point) => (
        <Point key={`${point.kind} ${point.label} ${point.position}`} view={view} point={point} />
      ))}
      <path className={styles.scale} d={`M12 ${height - 12}h${bar.pixels}`} />
      <text className={styles.label} x={12} y={height - 18}>
        {bar.km >= 1 ? `${bar.km} km` : `${Math.round(bar.km * 1000)} m`}
      </text>
    </svg>
  );
}

/** Shape tells the kind as well as colour does: a drop is round, a station square, the place itself a pin. */
function Point({ view, point }: { readonly view: View; readonly point: MapPoint }) {
  const [x, y] = toPixel(view, point.position);
  const data = { className: styles.point, 'data-kind': point.kind };
  const left = x > view.width * 0.55;
  const place = point.kind === 'facility' || point.kind === 'fire';
  return (
    <g transform={`translate(${x} ${y})`}>
      {point.kind === 'station' && <rect {...data} x={-7} y={-7} width={14} height={14} rx={2} />}
      {point.kind === 'water' && <circle {...data} r={6} />}
      {place && <path {...data} d="M0 0C-3-8-10-11-10-19a10 10 0 0 1 20 0C10-11 3-8 0 0z" />}
      {/* Towards the middle, where there is room for it. */}
      <text
        className={styles.label}
        textAnchor={left ? 'end' : 'start'}
        x={(left ? -1 : 1) * (place ? 13 : 11)}
        y={place ? -16 : 4}
      >
        {shortened(point.label)}
      </text>
    </g>
  );
}

const MOST_LETTERS = 26;

function shortened(label: string): string {
  return label.length <= MOST_LETTERS ? label : `${label.slice(0, MOST_LETTERS).trimEnd()}…`;
}
