import { certificate as table, type CertificateInputs } from "../../schema/certificate";
import { parse } from "../../schema/read";
import { TableauError } from "../../vocabulary/error";
import { connectAhead } from "../delivery/connect-ahead";
import { deliverToAll } from "../delivery/deliver-to-all";
import { observeAll } from "../delivery/observe-all";
import type { Lifecycle } from "../lifecycle";
import { toHosts } from "../server/to-target";
import type { Services } from "../services";
import { readCertificate } from "./certificate-source";

/** What a TableauTrustedCertificate does on the nodes. */
export function certificateOnNodes(services: Services): Pick<Lifecycle, "create" | "read" | "update"> {
  return {
    create: async (inputs) => {
      const properties = parse(table.inputs, inputs);
      await deliver(services, properties);
      return { id: `${properties.server.name}/${properties.alias}`, outs: inputs };
    },
    read: async (_id, olds) => {
      const delivered = await observeAll(services, parse(table.inputs, olds));
      return { outs: { ...olds, delivered }, inputs: { ...olds, delivered } };
    },
    update: async (_id, _olds, news) => {
      await deliver(services, parse(table.inputs, news));
      return { outs: news };
    },
  };
}

/** Its DER, so that its digest is the fingerprint by which trust stores are compared. */
async function deliver(services: Services, inputs: CertificateInputs): Promise<void> {
  connectAhead(toHosts(services.pool, inputs));
  const { certificate, sha256, alias } = inputs;
  const { der, sha256: found } = await readCertificate(certificate);
  if (found !== sha256) {
    throw new TableauError("digest-mismatch", {
      message: `The certificate ${alias} is not the one that was checked: expected sha256 ${sha256}, got ${found}.`,
      next: "Run `pulumi up` again, with a file that stays as it is.",
    });
  }
  const sent = { sha256, size: der.length, pluginClass: "certificate", pluginVersion: "", fileName: `${alias}.cer` };
  await deliverToAll(services, inputs, { ...sent, bytes: () => Promise.resolve(der) });
}
