import type { DesktopOptions, DesktopPlatform, DesktopProduct } from "./desktop-options";

/** Where a product is on a machine, as the machine itself names it. */
export interface DesktopPlaces {
  readonly user: string;
  readonly home: string;
  /** The folder of the connectors that belong to the repository. */
  readonly connectors: string;
  readonly repository: string;
  /** The folder that all programs share; undefined: there is none on this system. */
  readonly shared: string | undefined;
  /** The folder of JDBC drivers. */
  readonly drivers: string;
  readonly program: string;
  /** The Java runtime that comes along. */
  readonly jre: string;
}

const repositories: Readonly<Record<DesktopProduct, string>> = {
  desktop: "My Tableau Repository",
  prep: "My Tableau Prep Repository",
  bridge: "My_Tableau_Bridge_Repository",
};

/** https://tableau.github.io/connector-plugin-sdk/docs/run-taco, and for Bridge the documentation of connectors' vendors. */
export function desktopPlaces(options: DesktopOptions): DesktopPlaces {
  const { platform, product = platform === "linux" ? "bridge" : "desktop", version = "2024.2" } = options;
  const user = platform === "linux" ? "root" : "anna";
  const home = { windows: "C:/Users/anna", macos: "/Users/anna", linux: "/root" }[platform];
  const shared = { windows: "C:/Program Files/Tableau/Connectors", macos: undefined, linux: "/opt/tableau/connectors" }[platform];
  const documents = options.documents ?? `${home}/Documents`;
  const inDocuments = `${documents}/${options.repository ?? repositories[product]}`;
  const repository = platform === "windows" && product === "bridge" ? "C:/Program Files/Tableau" : inDocuments;
  const connectors = `${repository}/Connectors`;
  return { user, home, shared, repository, connectors, drivers: driversOf(platform, product), ...programOf(platform, product, version) };
}

/** https://help.tableau.com/current/pro/desktop/en-us/examples_otherdatabases_jdbc.htm, and for Bridge as above. */
function driversOf(platform: DesktopPlatform, product: DesktopProduct): string {
  if (platform === "macos") return "/Users/anna/Library/Tableau/Drivers";
  if (platform === "linux") return "/opt/tableau/tableau_driver/jdbc";
  return product === "bridge" ? "C:/Program Files/Tableau/Tableau Bridge/Drivers" : "C:/Program Files/Tableau/Drivers";
}

function programOf(platform: DesktopPlatform, product: DesktopProduct, version: string): Pick<DesktopPlaces, "program" | "jre"> {
  if (platform === "linux") {
    const folder = "/opt/tableau/tableau_bridge";
    return { program: `${folder}/bin/TabBridgeClientWorker`, jre: `${folder}/jre` };
  }
  if (platform === "macos") {
    const app = `/Applications/Tableau ${product === "desktop" ? "Desktop" : "Prep Builder"} ${version}.app/Contents`;
    return { program: `${app}/MacOS/Tableau${product === "desktop" ? "" : " Prep Builder"}`, jre: `${app}/Plugins/jre` };
  }
  const [folder, program] = {
    desktop: [`Tableau ${version}`, "tableau.exe"],
    prep: [`Tableau Prep Builder ${version}`, "Tableau Prep Builder.exe"],
    bridge: [`Tableau Bridge ${version}`, "TabBridgeClient.exe"],
  }[product];
  return { program: `C:/Program Files/Tableau/${folder}/bin/${program}`, jre: `C:/Program Files/Tableau/${folder}/Plugins/jre` };
}
