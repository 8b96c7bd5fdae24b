import { useLayoutEffect, useRef, useState } from 'react';

/**
 * How many of the children of a row stand on its first line; the others wrap below it, where nobody sees them. Measured anew when
 * the row or its texts change their width.
 */
export function usePlacesThatFit(count: number) {
  const row = useRef<HTMLDivElement>(null);
  const [fitting, setFitting] = useState(count);
  useLayoutEffect(() => {
    const element = row.current;
    if (element === null) return;
    const measure = (): void => {
      const children = [...element.children] as HTMLElement[];
      const first = children[0]?.offsetTop;
      const wrapped = children.findIndex((child) => child.offsetTop !== first);
      const hidden = element.offsetParent === null || element.clientWidth < (children[0]?.offsetWidth ?? 0);
      setFitting(hidden ? 0 : wrapped < 0 ? count : wrapped);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    // Another language makes other widths without changing that of the row.
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  }, [count]);
  return { row, fitting };
}
