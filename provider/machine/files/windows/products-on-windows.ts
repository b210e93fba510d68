import type { ProductName } from "../../plan/products";

/** What is known of a product on Windows. */
export interface ProductOnWindows {
  /** Name of its repository in Documents; null: it reads the folder that all programs share. */
  readonly repository: string | null;
  /** How the folder of an installation begins. */
  readonly installed: RegExp;
  readonly programs: readonly string[];
  /** The folder of its JDBC drivers, below that of all programs of Tableau. */
  readonly drivers: string;
}

/** https://help.tableau.com/current/pro/desktop/en-us/examples_otherdatabases_jdbc.htm; for Bridge the documentation of connectors' vendors. */
export const productsOnWindows: Readonly<Record<ProductName, ProductOnWindows>> = {
  desktop: { repository: "My Tableau Repository", installed: /^Tableau \d{4}\.\d+/, programs: ["tableau.exe"], drivers: "Drivers" },
  prep: {
    repository: "My Tableau Prep Repository",
    installed: /^Tableau Prep Builder \d{4}\.\d+/,
    programs: ["Tableau Prep Builder.exe"],
    drivers: "Drivers",
  },
  bridge: {
    repository: null,
    installed: /^Tableau Bridge \d{4}\.\d+/,
    programs: ["TabBridgeClient.exe", "TabBridgeClientWorker.exe"],
    drivers: "Tableau Bridge/Drivers",
  },
};
