import { parseArgs } from "node:util";
import { fetchTrust } from "../actions/trust";
import { cacheDirectory } from "../lifecycle/cache-directory";
import { TrustCache } from "../lifecycle/trust/trust-cache";
import { UsageError, type CliCommand, type CliOutput } from "./command";
import { writeGiven } from "./write-given";
import { serverOptions, serverUsage } from "./server/server-options";
import { withServer } from "./server/with-server";

const usage = `usage: pulumi-tableau trust export --output FILE   --stack NAME | --server-file FILE

Fetches the trust store (cacerts) of the Tableau Server's own Java from its initial node, for \`trustStore\` of a program and for
\`pulumi-tableau verify --cacerts FILE\`. Nothing is changed.

${serverUsage}`;

export const trust: CliCommand = { run: trustCommand };

async function trustCommand(args: readonly string[], output: CliOutput): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...serverOptions, output: { type: "string" }, help: { type: "boolean" } },
  });
  const { output: file } = values;
  return await withServer(values, usage, output, async (server) => {
    if (positionals.join(" ") !== "export" || file === undefined) throw new UsageError(usage);
    const { target } = server;
    const [initial] = target.hosts;
    const found = await fetchTrust(initial, { known: null, tsmPath: target.tsmPath, timeoutSeconds: target.timeouts.command });
    const bytes = "files" in found ? found.files.get("cacerts") : undefined;
    if ("lookedFor" in found || bytes === undefined) {
      const lookedFor = "lookedFor" in found ? ` Looked for ${found.lookedFor}.` : "";
      output.err(
        `[${initial.node}] Tableau Server's trust store was not found.${lookedFor} Make its initial node the first of \`nodes\`, or name its tsm by \`tsm.path\`.\n`,
      );
      return 1;
    }
    writeGiven(file, bytes);
    // Previews on this machine judge by it from now on.
    const [node] = server.server.nodes;
    if (node !== undefined) await new TrustCache(cacheDirectory()).keep(node, found);
    output.out(
      `${file}: ${found.path} of ${initial.node}${found.release === null ? "" : `, Tableau Server ${found.release}`}, ${String(bytes.length)} bytes.\n`,
    );
    return 0;
  });
}
