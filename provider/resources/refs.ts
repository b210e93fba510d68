import type * as pulumi from "@pulumi/pulumi";
import type { SignatureSummary } from "../lifecycle/package/signature-summary";
import type { TableauConnector } from "./connector";
import type { TableauDriver } from "./driver";
import { type Origin, originOf } from "./origin";

/** A delivered package as a config lists it: the outputs of a `TableauConnector`. */
export interface ConnectorRef {
  /** Name the package goes live under. */
  fileName: pulumi.Input<string>;
  /** Digest of the package. */
  sha256: pulumi.Input<string>;
  /** `class` of its manifest. */
  pluginClass: pulumi.Input<string>;
  /** `plugin-version` of its manifest. */
  pluginVersion: pulumi.Input<string>;
  /** `min-version-tableau` of its manifest. */
  minVersionTableau: pulumi.Input<string>;
  /** What the package itself says of its signature. */
  signature: pulumi.Input<SignatureSummary>;
}

/** A delivered driver as a config lists it: the outputs of a `TableauDriver`. */
export interface DriverRef {
  /** Name the driver goes live under; ends in `.jar`. */
  fileName: pulumi.Input<string>;
  /** Digest of the file. */
  sha256: pulumi.Input<string>;
}

/** A resource passed as a value would arrive as its id: an object made of its outputs keeps the dependency and the values. */
export function toRef(connector: TableauConnector | ConnectorRef): ConnectorRef & Origin {
  const { fileName, sha256, pluginClass, pluginVersion, minVersionTableau, signature } = connector;
  return { fileName, sha256, pluginClass, pluginVersion, minVersionTableau, signature, ...originOf(connector) };
}

/** The same for a driver. */
export function toDriverRef(driver: TableauDriver | DriverRef): DriverRef & Origin {
  const { fileName, sha256 } = driver;
  return { fileName, sha256, ...originOf(driver) };
}
