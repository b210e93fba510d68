// As many files as are read at a time; what waits for its turn takes memory too.
const batch = 32;

/** Does some work for each of many things, a few at a time, in their order. */
export async function inBatches<T, R>(all: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < all.length; at += batch) {
    for (const result of await Promise.all(all.slice(at, at + batch).map(work))) results.push(result);
  }
  return results;
}
