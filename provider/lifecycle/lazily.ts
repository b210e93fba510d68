/** Makes a value when it is first asked for, and gives that one ever after. */
export function lazily<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
