/** The text of a manifest or a signature file that Java cannot read: a clause that says what is wrong. */
export class ManifestTextError extends Error {}
