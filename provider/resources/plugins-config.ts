import * as pulumi from "@pulumi/pulumi";
import type { Activation } from "../plan/record/record";
import { activationArguments, config } from "../schema/config";
import { notYet } from "../schema/resource";
import type { TableauTrustedCertificate } from "./certificate";
import { toCertificateRef, type CertificateRef } from "./certificate-ref";
import type { TableauConnector } from "./connector";
import type { TableauDriver } from "./driver";
import { toDriverRef, toRef, type ConnectorRef, type DriverRef } from "./refs";
import { ownUrn } from "./own-urn";
import { providerOf } from "./provider-of";
import type { TableauServerArgs } from "./server-args";
import { splitServer } from "./split-server";
import { tokens } from "./tokens";

/** Arguments of {@link TableauServerPluginsConfig} besides the server and the list. */
export interface ActivationArgs {
  /**
   * Value of `native_api.connect_plugins_path`, enforced. When the argument, or the placement that needed the key,
   * leaves the program, the key goes back to its earlier value in the same apply. Default: set to the connectors
   * directory only where this release does not read that by itself, otherwise left as found.
   */
  connectPluginsPath?: pulumi.Input<string>;
  /**
   * Value of `native_api.disable_verify_connector_plugin_signature`, enforced. When the argument leaves the program, the
   * key goes back to its earlier value in the same apply, but never so that verification is off. Default: left as found,
   * and warned about every time while verification is off.
   */
  disableVerifyConnectorPluginSignature?: pulumi.Input<boolean>;
  /**
   * Other configuration keys of tsm and their values, enforced in the same change set and the same restart. A value may
   * be a secret: it reaches tsm in a file that nobody else can read, and is never shown. A key that leaves the program
   * goes back to its earlier value in the same apply. Default: none, and other keys are left as found.
   */
  keys?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /**
   * With "hold" everything is delivered and checked, and no live file and no key changes: `activationDue` says what is
   * due, and a later `up` with "now" activates. Default: "now".
   */
  activation?: pulumi.Input<"now" | "hold">;
  /**
   * When a restart is allowed. Outside of it everything is delivered and checked, as with `activation: "hold"`, and
   * `activationDue` says when the window opens; the next `up` inside it activates without any change of the program.
   * Decided by the initial node's clock. Default: always.
   */
  restartWindow?: pulumi.Input<RestartWindowArgs>;
  /**
   * What happens to somebody else's pending configuration changes when keys have to be applied: "refuse" names the keys,
   * never the values. Topology changes are always refused. Default: "refuse".
   */
  foreignPendingChanges?: pulumi.Input<"refuse" | "apply" | "discard">;
  /**
   * Other packages in the connectors directory: with "keep" they are reported, with "retire" they are drift, and moved
   * to the store. Default: "keep".
   */
  unlistedConnectors?: pulumi.Input<"keep" | "retire">;
  /**
   * Overwrite a different file of a listed name that this package did not put there, which else is refused; the old file
   * is kept in the store. An identical file is always adopted. Default: false.
   */
  overwriteUnmanaged?: pulumi.Input<boolean>;
  /** File names of unlisted connectors that may stop loading because of a change of keys. Default: none, such a change is refused. */
  acceptBreaking?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Any values: when one changes, a restart is due in the same change set, as for a driver that another resource put in
   * place. Default: none.
   */
  restartTriggers?: pulumi.Input<unknown>;
  /**
   * Password of the server's trust stores (`cacerts`), where it is not Java's usual one. It reaches `keytool` by a file that
   * its user alone can read, on Windows by the environment of that one command. Default: "changeit".
   */
  trustPassword?: pulumi.Input<string>;
  /** Take a server over that another stack owns, which else is refused with that stack's name. Default: false. */
  takeOver?: pulumi.Input<boolean>;
  /**
   * Bring the earlier files and keys back, with one more restart, when an activation fails. A set that was rolled back
   * is not tried again until it, a key or the server's version differs, or `pulumi-tableau retry` is run. Default: true.
   */
  rollback?: pulumi.Input<boolean>;
  /** Time limits, in seconds. */
  timeouts?: pulumi.Input<TimeoutArgs>;
}

/** When a restart is allowed, in the local time of a time zone. */
export interface RestartWindowArgs {
  /** Days on which the window opens; one over midnight reaches into the next day. Default: every day. */
  days?: pulumi.Input<pulumi.Input<"sun" | "mon" | "tue" | "wed" | "thu" | "fri" | "sat">[]>;
  /** When it opens, "HH:MM". */
  from: pulumi.Input<string>;
  /** When it closes, "HH:MM"; at or before `from` means on the next day. */
  to: pulumi.Input<string>;
  /** IANA name, such as "Europe/Berlin". */
  timeZone: pulumi.Input<string>;
}

/** Time limits, in seconds. */
export interface TimeoutArgs {
  /** One attempt to connect to a node. Default: 15. */
  connect?: pulumi.Input<number>;
  /** One phase of work on a node, uploads included. Default: 600. */
  command?: pulumi.Input<number>;
  /** One restart, or one apply of pending changes. Default: 1800. */
  restart?: pulumi.Input<number>;
  /** From then until no process is worse than before. Default: 3600. */
  ready?: pulumi.Input<number>;
}

/** Arguments of {@link TableauServerPluginsConfig}. */
export interface TableauServerPluginsConfigArgs extends ActivationArgs {
  /** The server. */
  server: pulumi.Input<TableauServerArgs>;
  /**
   * Every connector that is to be live, and no other of ours. Two of one class or of one file name are refused in preview,
   * and so is one that was made for another server or for one machine.
   */
  connectors: (TableauConnector | ConnectorRef)[];
  /** JDBC drivers that are to be live in the server's `driversDirectory`, switched with the connectors; made with this server. Default: none. */
  drivers?: (TableauDriver | DriverRef)[];
  /**
   * Certificates that every JRE of the server is to trust, also that of a release that is installed beside the one in use;
   * switched with the connectors; made with this server. Default: none.
   */
  trust?: (TableauTrustedCertificate | CertificateRef)[];
}

export type { Activation };

/** Applied values of the two keys; null: not set. */
export interface AppliedKeys {
  /** `native_api.connect_plugins_path`. */
  readonly connectPluginsPath: string | null;
  /** `native_api.disable_verify_connector_plugin_signature`. */
  readonly disableVerifyConnectorPluginSignature: string | null;
}

/** A connector that an activation has confirmed. */
export interface RunningConnector {
  /** Digest of its package. */
  readonly sha256: string;
  /** `plugin-version` of its manifest. */
  readonly version: string;
}

/**
 * A server runs with these connectors and these two configuration keys: files are switched on all nodes together, then
 * pending changes are applied or the server is restarted, once, and only if something changed.
 *
 * @example
 * ```ts
 * new TableauServerPluginsConfig("prod", { server, connectors: [clickhouse, duckdb] });
 * ```
 */
export class TableauServerPluginsConfig extends pulumi.CustomResource {
  /** By node and file: the digest; after a refresh what is really there. Known in preview. */
  declare readonly live: pulumi.Output<Record<string, Record<string, string>>>;
  /**
   * By node and repository: what of `trust` its JRE lacks ("absent"), as seen by a refresh; empty where it has everything.
   * Known in preview.
   */
  declare readonly trusted: pulumi.Output<Record<string, Record<string, string>> | undefined>;
  /** "current"; after a refresh "restart due since ..." while a restart is due. Known in preview. */
  declare readonly loaded: pulumi.Output<string>;
  /** Names of the nodes; after a refresh what the cluster says. Known in preview. */
  declare readonly topology: pulumi.Output<string[]>;
  /** Applied values of the two keys; absent: not set. */
  declare readonly applied: pulumi.Output<AppliedKeys>;
  /** By class: digest and version of what an activation has confirmed. Promotion passes this digest on. */
  declare readonly running: pulumi.Output<Readonly<Record<string, RunningConnector>>>;
  /** What an activation would do, while one is due; else absent. */
  declare readonly activationDue: pulumi.Output<string | undefined>;
  /** RUNNING, DEGRADED, ERROR or STOPPED, as tsm said last. */
  declare readonly serverStatus: pulumi.Output<string>;
  /** Release of the server, such as "2024.2". */
  declare readonly tableauVersion: pulumi.Output<string>;
  /** When, why and by which job the last activation was; absent before the first. */
  declare readonly lastActivation: pulumi.Output<Activation | null | undefined>;
  /** Packages in the connectors directory that the program does not list, as `node/file`. */
  declare readonly unlisted: pulumi.Output<string[]>;

  constructor(name: string, args: TableauServerPluginsConfigArgs, options?: pulumi.CustomResourceOptions) {
    const { server, connectors, drivers, trust, ...activation } = args;
    super(
      tokens.config,
      name,
      {
        ...notYet(config),
        ...splitServer(server),
        connectors: connectors.map(toRef),
        drivers: drivers?.map(toDriverRef),
        trust: trust?.map(toCertificateRef),
        ...pickActivation(activation),
        ...(activation.trustPassword === undefined ? {} : { trustPassword: pulumi.secret(activation.trustPassword) }),
        __urn: ownUrn(tokens.config, name, options),
        __provider: providerOf("config"),
      },
      options,
    );
  }
}

/** The activation arguments alone, without what else an object may carry. */
export function pickActivation(args: ActivationArgs): ActivationArgs {
  const isOne = ([name, value]: [string, unknown]): boolean => Object.hasOwn(activationArguments, name) && value !== undefined;
  return Object.fromEntries(Object.entries(args).filter(isOne));
}
