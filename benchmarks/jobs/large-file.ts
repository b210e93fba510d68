import { join } from "node:path";
import { timed } from "../contestants/timed";
import { Field } from "../field/field";
import { writeLargePackage } from "../field/packages";
import { atMost, median } from "./compare";
import type { Job, Row } from "./job";
import { readFileSync, writeFileSync } from "node:fs";

const megabytes = 200;

/** The bytes alone: our delivery into the store of three nodes, beside scp to three nodes at once. */
export const largeFile: Job = {
  name: "large-file",
  title: `One file of ${megabytes} MB to 3 nodes, at 0 ms.`,
  async run({ runs, say }) {
    const field = await Field.start(3);
    const ofCase = `${megabytes} MB to 3 nodes`;
    const taken: Record<"pulumi-tableau" | "scp", number[]> = { "pulumi-tableau": [], scp: [] };
    try {
      const { path, sha256 } = writeLargePackage(join(field.folder, "large"), megabytes * 1024 * 1024);
      for (let run = 1; run <= runs; run += 1) {
        taken["pulumi-tableau"].push(await deliverOurs(field, path, sha256));
        await field.wipe();
        taken.scp.push(await scp(field, path));
        await Promise.all(field.nodes.map(({ name }) => field.cluster.run(name, `rm -f /home/${field.user}/large_jdbc.taco`)));
        say(
          `${ofCase}, run ${run}: ours ${taken["pulumi-tableau"].at(-1)?.toFixed(2) ?? ""} s, scp ${taken.scp.at(-1)?.toFixed(2) ?? ""} s`,
        );
      }
    } finally {
      await field.stop();
    }
    const rows = Object.entries(taken).map(([contestant, values]): Row => ({ case: ofCase, contestant, unit: "s", values }));
    return {
      rows,
      goals: [atMost("200 MB over scp", median(rows, ofCase, "pulumi-tableau") / median(rows, ofCase, "scp"), 1.2, " times")],
    };
  },
};

async function deliverOurs(field: Field, path: string, sha256: string): Promise<number> {
  const spec = join(field.folder, "deliver.json");
  const report = join(field.folder, "deliver-report.json");
  writeFileSync(spec, JSON.stringify({ inputs: field.inputs(), path, sha256 }));
  await timed(process.execPath, [join(__dirname, "../contestants/files/deliver.cjs"), spec, report]);
  return (JSON.parse(readFileSync(report, "utf8")) as { seconds: number }).seconds;
}

async function scp(field: Field, path: string): Promise<number> {
  const copies = field.nodes.map(({ port }) => {
    const options = ["-q", "-o", `UserKnownHostsFile=${field.knownHostsPath}`, "-o", "IdentitiesOnly=yes", "-i", field.privateKeyPath];
    return timed("scp", [...options, "-P", String(port), path, `${field.user}@127.0.0.1:`]);
  });
  return Math.max(...(await Promise.all(copies)).map(({ seconds }) => seconds));
}
