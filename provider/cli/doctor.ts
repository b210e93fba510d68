import { parseArgs } from "node:util";
import { diagnose, type Symptom } from "../activation/diagnose";
import type { CliCommand, CliOutput } from "./command";
import { serverOptions, serverUsage } from "./server/server-options";
import { withServer } from "./server/with-server";

const usage = `usage: pulumi-tableau doctor --stack NAME | --server-file FILE [--json]

Looks at every node as an \`up\` would and says what would stop it: connection, sudo, folders, clock, tsm, the cluster's nodes, the owner,
pending changes, the trust store. Nothing is changed. Exit status 1 if something would stop an \`up\`.

${serverUsage}  --json               one JSON object
`;

export const doctor: CliCommand = { run: doctorCommand };

async function doctorCommand(args: readonly string[], output: CliOutput): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { ...serverOptions, json: { type: "boolean" }, help: { type: "boolean" } } });
  return await withServer(values, usage, output, async ({ target }) => {
    const symptoms = await diagnose(target);
    output.out(values.json === true ? `${JSON.stringify(symptoms, null, 2)}\n` : symptoms.map(describe).join(""));
    return symptoms.some(({ state }) => state === "stops") ? 1 : 0;
  });
}

const words = { well: "ok     ", notable: "note   ", stops: "STOPS  " } as const;

function describe({ state, where, text, code }: Symptom): string {
  return `${words[state]}${where.padEnd(12)} ${text}${code === undefined ? "" : ` (${code})`}\n`;
}
