/** Where things are on a node, as the node itself names them. */
export interface Places {
  /** The folder for connectors that every process reads, from 2021.2 on. */
  readonly connectors: string;
  /** Below it each process has a folder of its own. */
  readonly serviceData: string;
  /** The provider's store, lock and records. */
  readonly state: string;
  /** The trust store of the server's Java runtime. */
  readonly trustStore: string;
  readonly tsm: string;
}
