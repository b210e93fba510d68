import { firstReleaseThatVerifies, firstReleaseWithPackages } from "../../plan/placement/releases";

/** Programs of people, and of Tableau Bridge, that load connectors. */
export type ProductName = "desktop" | "prep" | "bridge";
export type PlatformName = "windows" | "macos" | "linux";

/** What this package knows of one of those programs. */
export interface Product {
  /** As its maker calls it. */
  readonly title: string;
  /** Systems that it exists for. */
  readonly platforms: readonly PlatformName[];
  /** What makes it read its connectors again, as a phrase. */
  readonly relaunch: string;
  /** First release that verifies signatures. */
  readonly verifiesFrom: string;
}

/**
 * Desktop verifies from the first release that loads packages on.
 *
 * @see https://tableau.github.io/connector-plugin-sdk/docs/run-taco
 */
export const products: Readonly<Record<ProductName, Product>> = {
  desktop: {
    title: "Tableau Desktop",
    platforms: ["windows", "macos"],
    relaunch: "relaunch Tableau Desktop",
    verifiesFrom: firstReleaseWithPackages,
  },
  prep: {
    title: "Tableau Prep Builder",
    platforms: ["windows", "macos"],
    relaunch: "relaunch Tableau Prep Builder",
    verifiesFrom: firstReleaseWithPackages,
  },
  bridge: {
    title: "Tableau Bridge",
    platforms: ["windows", "linux"],
    relaunch: "restart Tableau Bridge (the client or its service, in a container the container)",
    verifiesFrom: firstReleaseThatVerifies,
  },
};

const systems: Readonly<Record<PlatformName, string>> = { windows: "Windows", macos: "macOS", linux: "Linux" };

/** Why this product is not on this system, as a full sentence; null: it is. */
export function whyNotOn(product: ProductName, platform: PlatformName): string | null {
  const { title, platforms } = products[product];
  if (platforms.includes(platform)) return null;
  return `${title} does not exist for ${systems[platform]}, only for ${platforms.map((name) => systems[name]).join(" and ")}.`;
}
