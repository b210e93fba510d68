import { field, type Inputs } from "./field";
import { byName, flag, object, text } from "./kinds";
import { machineArguments, machineInputs } from "./machine";
import { resource } from "./resource";
import { pin } from "./rules";
import { credentialInputs, serverArguments, serverInputs } from "./server";

/** Arguments that name a driver's file. */
export const driverFileArguments = {
  source: field(text, {
    need: "required",
    says: "Path of a `.jar` file, relative to the project's folder, or an `https:` address, which needs `sha256`.",
    preview: "needed",
  }),
  sha256: field(text, {
    says: "Pin: 64 lower-case hexadecimal digits. Any other file is refused in preview.",
    otherwise: "none, any file is taken",
    preview: "needed",
    rules: [pin],
  }),
  fileName: field(text, {
    says: "Name the driver goes live under; ends in `.jar`.",
    otherwise: "the source's own name",
    preview: "needed",
  }),
};

const place = {
  server: { says: "The server whose nodes get the driver." },
  machine: { says: "The machine of a person, or of Tableau Bridge, that gets the driver." },
};

const overwriteUnmanaged = field(flag, {
  says: "With `machine`: overwrite a different file of that name that this package did not put there. With `server` it is an argument of `TableauServerPluginsConfig`.",
  default: false,
});

/** TableauDriver: exactly one of `server` and `machine`. */
export const driver = resource({
  name: "TableauDriver",
  says: "A JDBC driver, verified by its digest, for a server or for one machine. Nobody checks a signature of drivers, so pin them. An ODBC driver is installed by its own installer and is no file that could be placed.",
  arguments: {
    server: field(object("TableauServerArgs", serverArguments), place.server),
    machine: field(object("DesktopMachineArgs", machineArguments), place.machine),
    ...driverFileArguments,
    overwriteUnmanaged,
  },
  given: {
    server: field(object("TableauServerArgs", serverInputs), place.server),
    machine: field(object("DesktopMachineArgs", machineInputs), place.machine),
    credentials: field(object("Credentials", credentialInputs), { says: "Secrets of the connections.", secret: true, hidden: true }),
    ...driverFileArguments,
    overwriteUnmanaged,
  },
  computed: {
    sha256: field(text, { need: "computed", says: "Digest of the file; known in preview." }),
    fileName: field(text, { need: "computed", says: "Name the driver goes live under; known in preview." }),
    delivered: field(byName(text), {
      need: "output",
      says: 'With `server`, by node: the digest in its store; after a refresh what is really there ("absent", "damaged"). Known in preview.',
    }),
    placed: field(text, {
      need: "output",
      says: 'With `machine`: digest of the file in its place; after a refresh what is really there ("absent", another digest). Known in preview.',
    }),
    relaunch: field(text, {
      need: "output",
      says: 'With `machine`: the program that has to be started again, such as "Tableau Desktop"; known in preview.',
    }),
  },
  outputs: {
    folder: field(text, { need: "output", says: "With `machine`: the folder on it that the file is in." }),
    ownerToken: field(text, { need: "output", says: "Token of the note beside the file.", hidden: true }),
  },
});

/** The same of a driver that is, or is to be, on a server's nodes. */
export const driverOnServer = {
  ...driver.inputs,
  server: field(object("TableauServerArgs", serverInputs), { ...place.server, need: "required" }),
  delivered: field(byName(text), { ...driver.computed.delivered, need: "computed" }),
};

/** The same of one that is, or is to be, on a machine. */
export const driverOnMachine = {
  ...driver.inputs,
  machine: field(object("DesktopMachineArgs", machineInputs), { ...place.machine, need: "required" }),
  placed: field(text, { ...driver.computed.placed, need: "computed" }),
  relaunch: field(text, { ...driver.computed.relaunch, need: "computed" }),
};

/** What is on a machine already. */
export const driverPlaced = {
  ...driverOnMachine,
  folder: field(text, { ...driver.outputs.folder, need: "computed" }),
  ownerToken: field(text, { ...driver.outputs.ownerToken, need: "computed" }),
};

export type DriverOnServer = Inputs<typeof driverOnServer>;
export type DriverOnMachine = Inputs<typeof driverOnMachine>;
export type DriverPlaced = Inputs<typeof driverPlaced>;
