/** Waits for every node, and tells every failure. */
export async function settleAll(work: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(work);
  const reasons = results.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));
  const [first, ...others] = reasons;
  if (first === undefined) return;
  if (others.length === 0 && first instanceof Error) throw first;
  throw new AggregateError(reasons, reasons.map((reason) => (reason instanceof Error ? reason.message : String(reason))).join("\n  "));
}
