/** Values by a key of theirs, in the order in which the keys were first met. */
export function groupBy<T, K>(values: readonly T[], keyOf: (value: T) => K): Map<K, readonly [T, ...T[]]> {
  const groups = new Map<K, [T, ...T[]]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}
