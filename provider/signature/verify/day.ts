/** The day of a time, as people write it in UTC: `2026-11-24`. */
export function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
