import type { VerifyPackage } from "../../simulator";
import { verifyTaco } from "../signature";

/** Judges a package as a simulated server does when a user signs in: by the node's own trust store and the server's release. */
export const verifyOnSimulatedNode: VerifyPackage = async (bytes, { trustStore, release }) => {
  const { accepted, findings } = await verifyTaco(bytes, { trust: { cacerts: [trustStore] }, tableauVersion: release });
  if (accepted) return undefined;
  const refusals = findings.filter(({ severity }) => severity === "refuse").map(({ message }) => message);
  return refusals.join(" ") || "its signature does not verify";
};
