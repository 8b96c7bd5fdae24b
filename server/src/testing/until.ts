const LOOK_MS = 5;

/** Waits for what a background worker brings about; the test's own time-out ends it. */
export async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
}
