import { type Drafts, field, type Inputs } from "./field";
import { flag, object, text } from "./kinds";
import { machineArguments, machineInputs, machineMissing } from "./machine";
import { packageArguments, packageComputed } from "./package";
import { resource } from "./resource";
import { credentialInputs } from "./server";

const says = "The machine that gets the package.";

const overwriteUnmanaged = field(flag, {
  says: "Overwrite a different file of that name that this package did not put there, which else is refused.",
  default: false,
});

/** TableauDesktopConnector. */
export const desktopConnector = resource({
  name: "TableauDesktopConnector",
  says: "A connector package, checked, is among the connectors of Tableau Desktop, Tableau Prep Builder or Tableau Bridge on one machine. It is loaded when that program is started again, which stays with the person who uses it.",
  arguments: {
    machine: field(object("DesktopMachineArgs", machineArguments), { need: "required", says }),
    ...packageArguments,
    overwriteUnmanaged,
  },
  given: {
    machine: field(object("DesktopMachineArgs", machineInputs), { need: "required", says, missing: machineMissing }),
    credentials: field(object("Credentials", credentialInputs), { says: "Secrets of the connection.", secret: true, hidden: true }),
    ...packageArguments,
    overwriteUnmanaged,
  },
  computed: {
    ...packageComputed,
    placed: field(text, {
      need: "computed",
      says: 'Digest of the file in its place; after a refresh what is really there ("absent", another digest). Known in preview.',
    }),
    relaunch: field(text, {
      need: "computed",
      says: 'The program that has to be started again, such as "Tableau Desktop"; known in preview.',
    }),
  },
  outputs: {
    folder: field(text, { need: "computed", says: "The folder on the machine that the file is in." }),
    ownerToken: field(text, { need: "computed", says: "Token of the note beside the file.", hidden: true }),
  },
});

export type DesktopDraft = Drafts<typeof desktopConnector.given>;
export type DesktopInputs = Inputs<typeof desktopConnector.inputs>;
export type DesktopState = Inputs<typeof desktopConnector.state>;
