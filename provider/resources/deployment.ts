import * as pulumi from "@pulumi/pulumi";
import { TableauTrustedCertificate, type CertificateArgs } from "./certificate";
import { TableauConnector, type PackageArgs } from "./connector";
import { pickActivation, TableauServerPluginsConfig, type ActivationArgs } from "./plugins-config";
import { TableauDriver, type DriverArgs } from "./driver";
import type { TableauServerArgs } from "./server-args";
import { tokens } from "./tokens";

/** Arguments of {@link ConnectorDeployment}. */
export interface ConnectorDeploymentArgs extends ActivationArgs {
  /** The server. */
  server: pulumi.Input<TableauServerArgs>;
  /** The packages that are to be live, by a name of your choice, which becomes part of the resource's name. */
  connectors: Record<string, PackageArgs>;
  /** JDBC drivers that are to be live with them, by a name of your choice. Default: none. */
  drivers?: Record<string, DriverArgs>;
  /** Certificates that every JRE of the server is to trust with them, by a name of your choice; the connectors may be signed by them. Default: none. */
  trust?: Record<string, CertificateArgs>;
}

/**
 * A server runs with these packages: a {@link TableauConnector} for each and one {@link TableauServerPluginsConfig}, from
 * one list.
 *
 * @example
 * ```ts
 * new ConnectorDeployment("prod", {
 *   server,
 *   connectors: { clickhouse: { source: "connectors/clickhouse_jdbc.taco" } },
 * });
 * ```
 */
export class ConnectorDeployment extends pulumi.ComponentResource {
  /** The connectors, by name. */
  readonly connectors: Readonly<Record<string, TableauConnector>>;
  /** The config of the server. */
  readonly config: TableauServerPluginsConfig;
  /** By class: digest and version of what an activation has confirmed. */
  readonly running: TableauServerPluginsConfig["running"];

  constructor(name: string, args: ConnectorDeploymentArgs, options?: pulumi.ComponentResourceOptions) {
    super(tokens.deployment, name, {}, options);
    const { server } = args;
    const certificates = Object.entries(args.trust ?? {}).map(
      ([key, certificateArgs]) => new TableauTrustedCertificate(`${name}-${key}`, { ...certificateArgs, server }, { parent: this }),
    );
    const trust = args.trust === undefined ? {} : { trust: certificates };
    this.connectors = Object.fromEntries(
      Object.entries(args.connectors).map(([key, packageArgs]) => [
        key,
        new TableauConnector(`${name}-${key}`, { ...packageArgs, server, ...trust }, { parent: this }),
      ]),
    );
    const drivers = Object.entries(args.drivers ?? {}).map(
      ([key, driverArgs]) => new TableauDriver(`${name}-${key}`, { ...driverArgs, server }, { parent: this }),
    );
    this.config = new TableauServerPluginsConfig(
      `${name}-config`,
      {
        ...{ server, connectors: Object.values(this.connectors), ...trust },
        ...(args.drivers === undefined ? {} : { drivers }),
        ...pickActivation(args),
      },
      { parent: this },
    );
    this.running = this.config.running;
    this.registerOutputs({ running: this.running });
  }
}
