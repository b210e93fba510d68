import { certificateArguments } from "./certificate";
import { activationArguments, config } from "./config";
import { driverFileArguments } from "./driver";
import { field } from "./field";
import { byName, object } from "./kinds";
import { packageArguments } from "./package";

/** ConnectorDeployment: a component, whose arguments become those of its resources, which check them. */
export const deployment = {
  name: "ConnectorDeployment",
  says: "A server runs with these packages: a `TableauConnector` for each and one `TableauServerPluginsConfig`, from one list.",
  arguments: {
    server: config.arguments.server,
    connectors: field(byName(object("PackageArgs", packageArguments)), {
      need: "required",
      says: "The packages that are to be live, by a name of your choice, which becomes part of the resource's name.",
    }),
    drivers: field(byName(object("DriverArgs", driverFileArguments)), {
      says: "JDBC drivers that are to be live with them, by a name of your choice.",
      otherwise: "none",
    }),
    trust: field(byName(object("CertificateArgs", certificateArguments)), {
      says: "Certificates that every JRE of the server is to trust with them, by a name of your choice; the connectors may be signed by them.",
      otherwise: "none",
    }),
    ...activationArguments,
  },
  outputs: {
    running: field(config.outputs.running.kind, {
      need: "output",
      says: "By class: digest and version of what an activation has confirmed.",
    }),
  },
} as const;
