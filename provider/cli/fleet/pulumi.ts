import { execFile } from "node:child_process";
import { reasonOf } from "../../vocabulary/file-reason";
import { UsageError } from "../command";

const largestAnswer = 512 * 1024 * 1024;

/**
 * What a command of Pulumi prints, as JSON.
 *
 * @throws UsageError with Pulumi's own words where it fails.
 */
export async function pulumi(...args: readonly string[]): Promise<unknown> {
  const command = `\`pulumi ${args.slice(0, 2).join(" ")}\``;
  const text = await new Promise<string>((settle, reject) => {
    execFile("pulumi", [...args, "--non-interactive"], { maxBuffer: largestAnswer }, (error, stdout, stderr) => {
      if (error === null) settle(stdout);
      else if (typeof error.code === "string") reject(new UsageError(`\`pulumi\` cannot be started (${reasonOf(error)}). Put it on PATH.`));
      else reject(new UsageError(`${command} failed: ${stderr.trim() || error.message}`));
    });
  });
  try {
    return JSON.parse(text);
  } catch {
    // The text may hold a secret.
    throw new UsageError(`${command} did not print JSON.`);
  }
}
