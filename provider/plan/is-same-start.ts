/** A start is computed from two clocks read one after the other, so two looks at one process differ a little. */
const toleranceSeconds = 0.25;

/** Whether two looks saw the same start of processes, in seconds by one node's clock; null: none was seen. */
export function isSameStart(left: number | null, right: number | null): boolean {
  return left !== null && right !== null && Math.abs(left - right) < toleranceSeconds;
}
