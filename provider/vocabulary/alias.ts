/**
 * Whether a text can be the alias of a certificate of ours. `keytool` takes upper and lower case for the same and writes lower case; a
 * leading hyphen would be an option.
 */
export function isAlias(text: string): boolean {
  return /^[a-z0-9](?:[a-z0-9 ._()-]{0,126}[a-z0-9._()-])?$/.test(text);
}
