/** Whether a source is an address, and no path. */
export function isHttps(source: string): boolean {
  return /^https:\/\//i.test(source);
}

/** A source for people: the query of an address, or the user in it, may carry a token. */
export function withoutSecrets(source: string): string {
  if (!/^[a-z]+:\/\//i.test(source)) return source;
  const [address = ""] = source.split(/[?#]/, 1);
  return address.replace(/^([^/]*\/\/)[^/]*@/, "$1");
}
