import { short } from "./describe-step";

export interface ConnectorView {
  readonly server: string;
  readonly fileName: string;
  readonly pluginClass: string;
  readonly pluginVersion: string;
  readonly sha256: string;
  /** Per node: the digest in its store, or what is there instead. */
  readonly delivered: Readonly<Record<string, string>>;
}

/** The sentence of a preview for a connector; null: its package lies ready on every node. */
export function describeConnector(there: ConnectorView | null, wanted: ConnectorView): string | null {
  const { fileName, pluginClass, pluginVersion, sha256, server } = wanted;
  const missing = Object.keys(wanted.delivered).filter((node) => there?.delivered[node] !== sha256);
  if (missing.length === 0) return null;
  const what = `${fileName} (${pluginClass} ${pluginVersion}, sha256 ${short(sha256)})`;
  return `${what} is not in the store of ${missing.join(", ")} of ${server}: an \`up\` delivers it there. Nothing goes live by that, no restart.`;
}
