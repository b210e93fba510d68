import type * as pulumi from "@pulumi/pulumi";
import type { NodeConnectionArgs } from "./server-args";

/** The machine of a person, or of Tableau Bridge, as its resources share it: one plain object for all of them. */
export interface DesktopMachineArgs {
  /** What people call the machine, such as "anna". A label: it may change at any time, and nothing is replaced. */
  name: pulumi.Input<string>;
  /** The program on it that loads the connectors. Tableau Cloud loads none, but through Bridge. Default: "desktop". */
  product?: pulumi.Input<"desktop" | "prep" | "bridge">;
  /** How to reach it over SSH, as the user whose folders they are. Default: none, it is the machine that runs the program. */
  connection?: pulumi.Input<NodeConnectionArgs>;
  /**
   * Path of the repository on the machine; its folder `Connectors` gets the packages, and is made where it is missing.
   * Default: found there ("My Tableau Repository", or the product's own, wherever Documents really lies).
   */
  repository?: pulumi.Input<string>;
  /**
   * Folder on the machine for the JDBC drivers of {@link TableauDriver}, made where it is missing. Default: that of the product
   * and the system, such as `~/Library/Tableau/Drivers` on macOS.
   */
  driversDirectory?: pulumi.Input<string>;
  /**
   * Release of the product, such as "2024.2": then a preview already refuses a connector that this release would not load.
   * Default: the newest one that is found on the machine, when it is reached.
   */
  version?: pulumi.Input<string>;
  /** Its system: then a preview already refuses a product that does not exist for it. Default: found when it is reached. */
  platform?: pulumi.Input<"windows" | "macos" | "linux">;
}
