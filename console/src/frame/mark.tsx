/** The gong: a bar, a body, a striker. */
export function Mark({ size = 24 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path d="M16 2v6M6 8h20" stroke="var(--k-accent)" strokeWidth="2.4" strokeLinecap="round" />
      <path
        d="M9 8h14v13a7 7 0 0 1-14 0z"
        fill="none"
        stroke="var(--k-accent)"
        strokeWidth="2.4"
        strokeLinejoin="round"
      />
      <circle cx="16" cy="20" r="2.8" fill="var(--k-accent)" />
    </svg>
  );
}
