import { field, type Inputs } from "./field";
import { object, text, word } from "./kinds";
import { folderOnMachine, release } from "./rules";
import { connectionArguments, publicConnection } from "./server";

const products = word("desktop", "prep", "bridge");

const whyNot: Readonly<Record<string, string>> = {
  cloud:
    'Tableau Cloud takes no packages of yours, only connectors that Tableau Exchange hosts: put the package on the machine of Tableau Bridge, product "bridge", which brings the data to Tableau Cloud',
  server: "Tableau Server has resources of its own: ConnectorDeployment",
};

/** The products, and an answer to who names one of the others that Tableau has. */
const product: typeof products = {
  ...products,
  read: (value, at, reading) => {
    const why = typeof value === "string" && Object.hasOwn(whyNot, value) ? whyNot[value] : undefined;
    if (why === undefined) return products.read(value, at, reading);
    reading.add(at, why);
    return undefined;
  },
};

const name = field(text, {
  need: "required",
  says: 'What people call the machine, such as "anna". A label: it may change at any time, and nothing is replaced.',
});

const others = {
  product: field(product, {
    says: "The program on it that loads the connectors. Tableau Cloud loads none, but through Bridge.",
    default: "desktop",
  }),
  repository: field(text, {
    says: "Path of the repository on the machine; its folder `Connectors` gets the packages, and is made where it is missing.",
    otherwise: 'found there ("My Tableau Repository", or the product\'s own, wherever Documents really lies)',
    rules: [folderOnMachine],
  }),
  driversDirectory: field(text, {
    says: "Folder on the machine for the JDBC drivers of `TableauDriver`, made where it is missing.",
    otherwise: "that of the product and the system, such as `~/Library/Tableau/Drivers` on macOS",
    rules: [folderOnMachine],
  }),
  version: field(text, {
    says: 'Release of the product, such as "2024.2": then a preview already refuses a connector that this release would not load.',
    otherwise: "the newest one that is found on the machine, when it is reached",
    rules: [release],
  }),
  platform: field(word("windows", "macos", "linux"), {
    says: "Its system: then a preview already refuses a product that does not exist for it.",
    otherwise: "found when it is reached",
  }),
};

/** A machine, as a program describes it. */
export const machineArguments = {
  name,
  product: others.product,
  connection: field(object("NodeConnectionArgs", connectionArguments), {
    says: "How to reach it over SSH, as the user whose folders they are.",
    otherwise: "none, it is the machine that runs the program",
  }),
  repository: others.repository,
  driversDirectory: others.driversDirectory,
  version: others.version,
  platform: others.platform,
};

/** Its public part, as it stands in state. */
export const machineInputs = { name, ...others, ...publicConnection };

export type MachineInputs = Inputs<typeof machineInputs>;
export type ProductName = NonNullable<MachineInputs["product"]>;
export type PlatformName = NonNullable<MachineInputs["platform"]>;

export const machineMissing = "is missing: expected { name, product?, connection?, repository?, version?, platform? }";
