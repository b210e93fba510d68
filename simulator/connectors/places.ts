/** Where Tableau Server was told to be. */
export interface Installation {
  /** As `TABLEAU_SERVER_INSTALL_DIR` names it, with forward slashes. */
  readonly programs: string;
  /** As `TABLEAU_SERVER_DATA_DIR` names it, with forward slashes. */
  readonly data: string;
}

/** Where things are on a node, as the node itself names them. */
export interface Places {
  /** The folder for connectors that every process reads, from 2021.2 on. */
  readonly connectors: string;
  /** Below it each process has a folder of its own. */
  readonly serviceData: string;
  /** The provider's store, lock and records. */
  readonly state: string;
  /** The folders of programs, by kind and build. */
  readonly packages: string;
  /** The folder of the server's Java runtime. */
  readonly javaHome: string;
  /** The trust store of the server's Java runtime. */
  readonly trustStore: string;
  readonly tsm: string;
}
