import type { Activation } from "../plan/record/record";
import type { RememberedKeys } from "../plan/record/remembered-keys";
import type { Remembered } from "../plan/record/remembered";
import { certificateRef } from "./certificate";
import { type Drafts, field, type Inputs, type Kind } from "./field";
import { any, anyText, byName, flag, list, object, orNull, ours, text, word } from "./kinds";
import { packageComputed } from "./package";
import { otherKeys } from "./other-keys";
import { resource } from "./resource";
import { listedDigest, oneLine, pathOnNode } from "./rules";
import { ourSecret } from "./secret-output";
import { localTime, timeZone, weekdays } from "./times";
import { credentialInputs, serverArguments, serverInputs, timeouts } from "./server";

const serverSays = "The server.";

const driverRef = object("DriverRef", {
  fileName: field(text, { need: "required", says: "Name the driver goes live under; ends in `.jar`." }),
  sha256: field(text, { need: "required", says: "Digest of the file.", rules: [listedDigest] }),
});

const packageRef = object("ConnectorRef", {
  fileName: field(text, { need: "required", says: "Name the package goes live under." }),
  sha256: field(text, { need: "required", says: "Digest of the package.", rules: [listedDigest] }),
  pluginClass: field(text, { need: "required", says: "`class` of its manifest." }),
  pluginVersion: field(text, { need: "required", says: "`plugin-version` of its manifest." }),
  minVersionTableau: field(text, { says: "`min-version-tableau` of its manifest." }),
  signature: field(packageComputed.signature.kind, { says: "What the package itself says of its signature." }),
});

/** A package, and an answer to who lists a driver among them. */
const connectorRef: typeof packageRef = {
  ...packageRef,
  read: (value, at, reading) => {
    const { fileName } = (value ?? {}) as { readonly fileName?: unknown };
    if (reading.from === "state" || typeof fileName !== "string" || !fileName.endsWith(".jar")) return packageRef.read(value, at, reading);
    driverRef.read(value, at, reading);
    reading.add(`${at}.fileName`, `${JSON.stringify(fileName)} is a driver: it belongs in \`drivers\``);
    return undefined;
  },
};

/** Arguments of a config besides the server and its lists, which a deployment has too. */
export const activationArguments = {
  connectPluginsPath: field(text, {
    says: "Value of `native_api.connect_plugins_path`, enforced. When the argument, or the placement that needed the key, leaves the program, the key goes back to its earlier value in the same apply.",
    otherwise: "set to the connectors directory only where this release does not read that by itself, otherwise left as found",
    preview: "needed for a change",
    rules: [pathOnNode],
  }),
  disableVerifyConnectorPluginSignature: field(flag, {
    says: "Value of `native_api.disable_verify_connector_plugin_signature`, enforced. When the argument leaves the program, the key goes back to its earlier value in the same apply, but never so that verification is off.",
    otherwise: "left as found, and warned about every time while verification is off",
    preview: "needed for a change",
  }),
  keys: field(otherKeys, {
    says: "Other configuration keys of tsm and their values, enforced in the same change set and the same restart. A value may be a secret: it reaches tsm in a file that nobody else can read, and is never shown. A key that leaves the program goes back to its earlier value in the same apply.",
    otherwise: "none, and other keys are left as found",
    preview: "needed for a change",
    see: "docs/keys.md",
  }),
  activation: field(word("now", "hold"), {
    says: 'With "hold" everything is delivered and checked, and no live file and no key changes: `activationDue` says what is due, and a later `up` with "now" activates.',
    default: "now",
    preview: "needed",
  }),
  restartWindow: field(
    object("RestartWindowArgs", {
      days: field(weekdays, {
        says: "Days on which the window opens; one over midnight reaches into the next day.",
        otherwise: "every day",
      }),
      from: field(localTime, { need: "required", missing: `expected ${localTime.expected}, got nothing`, says: 'When it opens, "HH:MM".' }),
      to: field(localTime, {
        need: "required",
        missing: `expected ${localTime.expected}, got nothing`,
        says: 'When it closes, "HH:MM"; at or before `from` means on the next day.',
      }),
      timeZone: field(timeZone, {
        need: "required",
        missing: `expected ${timeZone.expected}, got nothing`,
        says: 'IANA name, such as "Europe/Berlin".',
      }),
    }),
    {
      says: 'When a restart is allowed. Outside of it everything is delivered and checked, as with `activation: "hold"`, and `activationDue` says when the window opens; the next `up` inside it activates without any change of the program. Decided by the initial node\'s clock.',
      otherwise: "always",
      preview: "needed",
    },
  ),
  foreignPendingChanges: field(word("refuse", "apply", "discard"), {
    says: 'What happens to somebody else\'s pending configuration changes when keys have to be applied: "refuse" names the keys, never the values. Topology changes are always refused.',
    default: "refuse",
  }),
  unlistedConnectors: field(word("keep", "retire"), {
    says: 'Other packages in the connectors directory: with "keep" they are reported, with "retire" they are drift, and moved to the store.',
    default: "keep",
    preview: "needed for a change",
  }),
  overwriteUnmanaged: field(flag, {
    says: "Overwrite a different file of a listed name that this package did not put there, which else is refused; the old file is kept in the store. An identical file is always adopted.",
    default: false,
  }),
  acceptBreaking: field(list(text), {
    says: "File names of unlisted connectors that may stop loading because of a change of keys.",
    otherwise: "none, such a change is refused",
  }),
  restartTriggers: field(any, {
    says: "Any values: when one changes, a restart is due in the same change set, as for a driver that another resource put in place.",
    otherwise: "none",
    preview: "needed for a change",
  }),
  trustPassword: field(text, {
    says: "Password of the server's trust stores (`cacerts`), where it is not Java's usual one. It reaches `keytool` by a file that its user alone can read, on Windows by the environment of that one command.",
    otherwise: '"changeit"',
    secret: true,
    see: "docs/certificates.md",
    rules: [oneLine],
  }),
  takeOver: field(flag, {
    says: "Take a server over that another stack owns, which else is refused with that stack's name.",
    default: false,
    preview: "needed for a change",
  }),
  rollback: field(flag, {
    says: "Bring the earlier files and keys back, with one more restart, when an activation fails. A set that was rolled back is not tried again until it, a key or the server's version differs, or `pulumi-tableau retry` is run.",
    default: true,
  }),
  timeouts,
};

const lists = {
  connectors: field(list(connectorRef, "a list of connectors, which may be empty"), {
    need: "required",
    says: "Every connector that is to be live, and no other of ours. Two of one class or of one file name are refused in preview, and so is one that was made for another server or for one machine.",
    preview: "needed",
  }),
  drivers: field(list(driverRef), {
    says: "JDBC drivers that are to be live in the server's `driversDirectory`, switched with the connectors; made with this server.",
    otherwise: "none",
    preview: "needed",
  }),
  trust: field(list(certificateRef), {
    says: "Certificates that every JRE of the server is to trust, also that of a release that is installed beside the one in use; switched with the connectors; made with this server.",
    otherwise: "none",
    preview: "needed",
    see: "docs/certificates.md",
  }),
};

/** Applied values of the two keys; null: not set. */
const appliedKeys = object("AppliedKeys", {
  connectPluginsPath: field(orNull(anyText), { need: "computed", says: "`native_api.connect_plugins_path`.", default: null }),
  disableVerifyConnectorPluginSignature: field(orNull(anyText), {
    need: "computed",
    says: "`native_api.disable_verify_connector_plugin_signature`.",
    default: null,
  }),
});

const runningConnector = object("RunningConnector", {
  sha256: field(text, { need: "computed", says: "Digest of its package." }),
  version: field(text, { need: "computed", says: "`plugin-version` of its manifest." }),
});

const lastActivation: Kind<Activation> = object("Activation", {
  at: field(text, { need: "computed", says: "RFC 3339, by the clock of the machine that ran the program." }),
  why: field(list(anyText), { need: "computed", says: "What made it due." }),
  job: field(word("applyPending", "restart"), {
    need: "computed",
    says: "What tsm was asked for.",
  }),
});

/** TableauServerPluginsConfig. */
export const config = resource({
  name: "TableauServerPluginsConfig",
  says: "A server runs with these connectors and these two configuration keys: files are switched on all nodes together, then pending changes are applied or the server is restarted, once, and only if something changed.",
  arguments: {
    server: field(object("TableauServerArgs", serverArguments), { need: "required", says: serverSays }),
    ...lists,
    ...activationArguments,
  },
  given: {
    server: field(object("TableauServerArgs", serverInputs), {
      need: "required",
      says: serverSays,
      missing: "is missing: expected { name, nodes }",
      preview: "needed",
    }),
    credentials: field(object("Credentials", credentialInputs), {
      says: "Secrets of the server's connections.",
      secret: true,
      hidden: true,
    }),
    ...lists,
    ...activationArguments,
  },
  computed: {
    live: field(byName(byName(anyText)), {
      need: "computed",
      says: "By node and file: the digest; after a refresh what is really there. Known in preview.",
      preview: "needed",
    }),
    trusted: field(byName(byName(anyText)), {
      need: "output",
      says: 'By node and repository: what of `trust` its JRE lacks ("absent"), as seen by a refresh; empty where it has everything. Known in preview.',
    }),
    loaded: field(text, {
      need: "computed",
      says: '"current"; after a refresh "restart due since ..." while a restart is due. Known in preview.',
    }),
    topology: field(list(text), {
      need: "computed",
      says: "Names of the nodes; after a refresh what the cluster says. Known in preview.",
      default: [],
      preview: "needed",
    }),
  },
  outputs: {
    applied: field(appliedKeys, { need: "output", says: "Applied values of the two keys; absent: not set." }),
    running: field(byName(runningConnector), {
      need: "output",
      says: "By class: digest and version of what an activation has confirmed. Promotion passes this digest on.",
    }),
    activationDue: field(orNull(text), { need: "output", says: "What an activation would do, while one is due; else absent." }),
    serverStatus: field(text, { need: "output", says: "RUNNING, DEGRADED, ERROR or STOPPED, as tsm said last." }),
    tableauVersion: field(text, { need: "output", says: 'Release of the server, such as "2024.2".' }),
    lastActivation: field(orNull(lastActivation), {
      need: "output",
      says: "When, why and by which job the last activation was; absent before the first.",
    }),
    unlisted: field(list(text), {
      need: "output",
      says: "Packages in the connectors directory that the program does not list, as `node/file`.",
    }),
    ownerToken: field(text, {
      need: "output",
      says: "Proves that this resource, and no later one, owns the server's record; absent: a create failed before it was written there.",
      hidden: true,
    }),
    remembered: field(orNull(ours<Remembered>()), {
      need: "output",
      says: "What the server's record holds and nobody could find out again; null: nothing of ours. Absent in states of 0.1.0.",
      hidden: true,
    }),
    rememberedKeys: field(ourSecret<RememberedKeys>(), {
      need: "output",
      says: "The same of `keys`, and what was last seen of them, as a secret; absent: there are none.",
      hidden: true,
    }),
  },
});

export type ConfigDraft = Drafts<typeof config.given>;
export type ConfigInputs = Inputs<typeof config.inputs>;
export type ConfigState = Inputs<typeof config.state>;
export type ConnectorRefInputs = ConfigInputs["connectors"][number];
export type CertificateRefInputs = NonNullable<ConfigInputs["trust"]>[number];
export type DriverRefInputs = NonNullable<ConfigInputs["drivers"]>[number];
