import { parseArgs } from "node:util";
import { changeRecord } from "../activation/change-record";
import type { CliCommand, CliOutput } from "./command";
import { serverOptions, serverUsage } from "./server/server-options";
import { whoRuns } from "./server/who-runs";
import { withServer } from "./server/with-server";

const usage = `usage: pulumi-tableau retry --stack NAME | --server-file FILE

Forgets that the last set of connectors was rolled back, so that the next \`pulumi up\` tries it again. Nothing restarts.

${serverUsage}`;

export const retry: CliCommand = { run: retryCommand };

async function retryCommand(args: readonly string[], output: CliOutput): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { ...serverOptions, help: { type: "boolean" } } });
  return await withServer(values, usage, output, async ({ target }) => {
    let told = `No set was rolled back on ${target.name}: there is nothing to forget.\n`;
    await changeRecord(target, whoRuns("retry"), { step: () => undefined, warn: () => undefined }, (record) => {
      if (!record?.rolledBack) return null;
      told = `The set that was rolled back at ${record.rolledBack.at} may be tried again: run \`pulumi up\`.\n`;
      return { ...record, rolledBack: null };
    });
    output.out(told);
    return 0;
  });
}
