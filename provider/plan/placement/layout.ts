import { isWindowsPath } from "../../vocabulary/node-path";

/** Where Tableau Server keeps things on its nodes. */
export interface Layout {
  /** The shared folder, read by every process from 2021.2 on. */
  readonly connectors: string;
  /** Where it looks for JDBC drivers. */
  readonly drivers: string;
  /** Above the own folders of its processes. */
  readonly processes: string;
}

/** @see https://help.tableau.com/current/server-linux/en-us/dbdriver.htm */
export const linuxLayout: Layout = {
  connectors: "/opt/tableau/connectors",
  drivers: "/opt/tableau/tableau_driver/jdbc",
  processes: "/var/opt/tableau/tableau_server/data/tabsvc",
};

/**
 * @see https://tableau.github.io/connector-plugin-sdk/docs/run-taco
 * @see https://help.tableau.com/current/server/en-us/dbdriver.htm
 */
export const windowsLayout: Layout = {
  connectors: "C:/Program Files/Tableau/Connectors",
  drivers: "C:/Program Files/Tableau/Drivers",
  processes: "C:/ProgramData/Tableau/Tableau Server/data/tabsvc",
};

/** The layout of the nodes that a path is of. */
export function layoutAt(path: string): Layout {
  return isWindowsPath(path) ? windowsLayout : linuxLayout;
}
