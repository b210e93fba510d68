import { type Drafts, field, type Inputs } from "./field";
import { anyText, flag, object, text } from "./kinds";
import { machineArguments, machineInputs, machineMissing } from "./machine";
import { resource } from "./resource";
import { credentialInputs } from "./server";

const says = "The machine of a connector developer; `platform` is needed where it is another one than this.";

const launch = {
  path: field(text, {
    says: 'Path of the launcher file on the machine, absolute or beginning with "~/"; ends in `.cmd` on Windows, `.command` on macOS, `.desktop` on Linux.',
    otherwise: '"Tableau Desktop for connectors" on the desktop of the login user',
  }),
  executable: field(text, { says: "Path of Tableau Desktop.", otherwise: "the usual place of `machine.version`" }),
  connectPluginsPath: field(text, {
    says: "Folder whose packages, and folders with a `manifest.xml`, are loaded too.",
    otherwise: "none",
  }),
  disableVerifyConnectorPluginSignature: field(flag, {
    says: "Load packages without verifying their signatures, in starts by this launcher alone.",
    default: false,
  }),
  overwriteUnmanaged: field(flag, {
    says: "Overwrite a file of that name that this package did not put there, which else is refused.",
    default: false,
  }),
};

/** TableauDesktopLauncher. */
export const desktopLauncher = resource({
  name: "TableauDesktopLauncher",
  says: "A launcher file, by which a developer of connectors starts Tableau Desktop with the switches for that work. Ordinary starts of Tableau Desktop stay as they are. `desktopLaunch()` gives the same command as a value.",
  arguments: { machine: field(object("DesktopMachineArgs", machineArguments), { need: "required", says }), ...launch },
  given: {
    machine: field(object("DesktopMachineArgs", machineInputs), { need: "required", says, missing: machineMissing }),
    credentials: field(object("Credentials", credentialInputs), { says: "Secrets of the connection.", secret: true, hidden: true }),
    ...launch,
  },
  computed: {
    path: field(text, { need: "computed", says: "Path of the file.", hidden: true }),
    content: field(anyText, { need: "computed", says: "Text of the file; after a refresh what is really there. Known in preview." }),
    placed: field(text, {
      need: "computed",
      says: 'Digest of the text; after a refresh what is really there ("absent", "not executable"). Known in preview.',
    }),
  },
  outputs: {
    file: field(text, { need: "computed", says: "Path of the file as the machine resolved it." }),
    folder: field(text, { need: "computed", says: "Its folder.", hidden: true }),
    fileName: field(text, { need: "computed", says: "Its name.", hidden: true }),
    ownDigest: field(text, { need: "computed", says: "Digest of what was placed, whatever a refresh has found since.", hidden: true }),
  },
});

export type LauncherDraft = Drafts<typeof desktopLauncher.given>;
export type LauncherInputs = Inputs<typeof desktopLauncher.inputs>;
export type LauncherState = Inputs<typeof desktopLauncher.state>;
