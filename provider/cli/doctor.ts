import { parseArgs } from "node:util";
import { diagnose, type Symptom } from "../activation/diagnose";
import { cacheDirectory } from "../lifecycle/cache-directory";
import { keepTrust } from "../lifecycle/trust/keep-trust";
import { TrustCache } from "../lifecycle/trust/trust-cache";
import { foreseeUpgrade } from "../lifecycle/upgrade/foresee-upgrade";
import { openTrustStores } from "../signature";
import { TableauError } from "../vocabulary/error";
import { isAtLeast } from "../vocabulary/version";
import { UsageError, type CliCommand, type CliOutput } from "./command";
import type { OpenServer } from "./server/open-server";
import { serverOptions, serverUsage } from "./server/server-options";
import { withServer } from "./server/with-server";
import { breaks, upgradeTable } from "./upgrade-table";

const usage = `usage: pulumi-tableau doctor --stack NAME | --server-file FILE [--json]
       pulumi-tableau doctor --upgrade-to RELEASE [--trust-store FILE]   --stack NAME | --server-file FILE [--json]

Looks at every node as an \`up\` would and says what would stop it: connection, sudo, folders, clock, tsm, the cluster's nodes, the owner,
pending changes, the trust store. Nothing is changed. Exit status 1 if something would stop an \`up\`.

  --upgrade-to RELEASE say instead what that release of Tableau Server, such as 2025.1, would make of each connector, driver and key.
                       Exit status 1 if something would stop working
  --trust-store FILE   the cacerts of that release, best in its JRE (jre/lib/security/cacerts), whose lists of disabled algorithms are
                       used too; without it the stores in use judge whom it trusts

${serverUsage}  --json               one JSON text
`;

export const doctor: CliCommand = { run: doctorCommand };

async function doctorCommand(args: readonly string[], output: CliOutput): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...serverOptions,
      "upgrade-to": { type: "string" },
      "trust-store": { type: "string" },
      json: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  const { "upgrade-to": release, "trust-store": trustStore } = values;
  const form = values.json === true ? "json" : "table";
  if (release === undefined && trustStore !== undefined) throw new UsageError(`--trust-store is for --upgrade-to.\n\n${usage}`);
  if (release !== undefined && values.help !== true) await checkUpgrade(release, trustStore);
  return await withServer(values, usage, output, async (server) => {
    if (release !== undefined) return await tellUpgrade(server, release, trustStore ?? null, form, output);
    const symptoms = await diagnose(server.target);
    output.out(form === "json" ? `${JSON.stringify(symptoms, null, 2)}\n` : symptoms.map(describe).join(""));
    return symptoms.some(({ state }) => state === "stops") ? 1 : 0;
  });
}

// Before any node is asked.
async function checkUpgrade(release: string, trustStore: string | undefined): Promise<void> {
  if (!/^\d{4}\.\d(\.\d{1,3})?$/.test(release)) {
    throw new UsageError(`--upgrade-to is ${JSON.stringify(release)}, expected a release such as 2025.1.`);
  }
  try {
    if (trustStore !== undefined) await openTrustStores({ cacerts: [trustStore] });
  } catch (error) {
    throw error instanceof TableauError ? new UsageError(error.message) : error;
  }
}

async function tellUpgrade(
  { server, target }: OpenServer,
  release: string,
  trustStore: string | null,
  form: "json" | "table",
  output: CliOutput,
): Promise<number> {
  const inUse = await keepTrust(target, server.nodes, new TrustCache(cacheDirectory()));
  const forecast = await foreseeUpgrade(target, release, { given: trustStore, inUse });
  if (isAtLeast(forecast.from, release)) {
    throw new UsageError(`${forecast.server} is Tableau Server ${forecast.from}: --upgrade-to takes a later release.\n`);
  }
  const nodes = target.hosts.map(({ node }) => node);
  output.out(form === "json" ? `${JSON.stringify(forecast, null, 2)}\n` : upgradeTable(forecast, nodes));
  return breaks(forecast.rows) ? 1 : 0;
}

const words = { well: "ok     ", notable: "note   ", stops: "STOPS  " } as const;

function describe({ state, where, text, code }: Symptom): string {
  return `${words[state]}${where.padEnd(12)} ${text}${code === undefined ? "" : ` (${code})`}\n`;
}
