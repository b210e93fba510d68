import { certificateRef } from "./certificate";
import { field, type Drafts, type Inputs } from "./field";
import { byName, list, object, text } from "./kinds";
import { packageArguments, packageComputed } from "./package";
import { resource } from "./resource";
import { credentialInputs, serverArguments, serverInputs } from "./server";

const says = "The server whose nodes get the package.";

const trust = field(list(certificateRef), {
  says: "Certificates that the package needs, and that the same `up` has the server trust: in preview and on delivery they count as trusted already. `trust` of `TableauServerPluginsConfig` has to list them too.",
  otherwise: "none",
});

/** TableauConnector. */
export const connector = resource({
  name: "TableauConnector",
  says: "A connector package that has been checked and is stored, verified by its digest, on every node of a server. It is not live until `TableauServerPluginsConfig` lists it.",
  arguments: {
    server: field(object("TableauServerArgs", serverArguments), { need: "required", says }),
    ...packageArguments,
    trust,
  },
  given: {
    server: field(object("TableauServerArgs", serverInputs), { need: "required", says, missing: "is missing: expected { name, nodes }" }),
    credentials: field(object("Credentials", credentialInputs), {
      says: "Secrets of the server's connections.",
      secret: true,
      hidden: true,
    }),
    ...packageArguments,
    trust,
  },
  computed: {
    ...packageComputed,
    delivered: field(byName(text), {
      need: "computed",
      says: 'By node: the digest in its store; after a refresh what is really there ("absent", "damaged"). Known in preview.',
    }),
  },
  outputs: {},
});

export type ConnectorDraft = Drafts<typeof connector.given>;
export type ConnectorInputs = Inputs<typeof connector.inputs>;
