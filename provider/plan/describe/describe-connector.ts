import { short } from "./describe-step";
import { listOf } from "./words";

/** Something that is to lie in the store of every node. */
export interface DriverView {
  readonly server: string;
  readonly fileName: string;
  readonly sha256: string;
  /** Per node: the digest in its store, or what is there instead. */
  readonly delivered: Readonly<Record<string, string>>;
}

export interface ConnectorView extends DriverView {
  readonly pluginClass: string;
  readonly pluginVersion: string;
}

export interface CertificateView extends Pick<DriverView, "sha256" | "delivered"> {
  /** Name of the server. */
  readonly of: string;
  readonly alias: string;
  readonly subject: string;
}

/** The sentence of a preview for a connector; null: its package lies ready on every node. */
export function describeConnector(there: ConnectorView | null, wanted: ConnectorView): string | null {
  return describeDelivery(there, wanted, `${wanted.fileName} ${wanted.pluginVersion}`);
}

/** The same for a driver. */
export function describeDriver(there: DriverView | null, wanted: DriverView): string | null {
  return describeDelivery(there, wanted, `The driver ${wanted.fileName}`);
}

/** The same for a certificate. */
export function describeCertificate(there: Omit<CertificateView, "subject"> | null, wanted: CertificateView): string | null {
  const view = (one: Omit<CertificateView, "subject">): DriverView => ({ ...one, server: one.of, fileName: one.alias });
  return describeDelivery(there === null ? null : view(there), view(wanted), `The certificate ${wanted.alias}, ${wanted.subject}`);
}

function describeDelivery(there: DriverView | null, { delivered, sha256 }: DriverView, what: string): string | null {
  const missing = Object.keys(delivered).filter((node) => there?.delivered[node] !== sha256);
  if (missing.length === 0) return null;
  return `${what} (${short(sha256)}) will be uploaded to ${listOf(missing)}. No restart.`;
}
