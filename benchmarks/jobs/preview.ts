import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { TableauConnector } from "pulumi-tableau";
import { makeStack, secondsOf } from "../engine/stack";
import { writePackages } from "../field/packages";
import { atMost, median } from "./compare";
import type { Job, Row } from "./job";
import { Nothing } from "./nothing";

const count = 50;
const ofCase = `preview of ${count} resources`;

/** What checking packages costs in a preview, over resources that do nothing. */
export const preview: Job = {
  name: "preview",
  title: `\`pulumi preview\` of ${count} connectors beside ${count} dynamic resources that do nothing.`,
  async run({ runs, say }) {
    const folder = mkdtempSync(join(tmpdir(), "bench-preview-"));
    const packages = writePackages(folder, count, "1.0.0");
    const server = {
      name: "bench",
      nodes: [{ name: "node1", connection: { host: "127.0.0.1", port: 22, user: "deploy", privateKey: "x" } }],
    };
    const connectors = await makeStack(() => {
      for (const { path } of packages) new TableauConnector(basename(path), { server, source: path, requireSignature: false });
      return Promise.resolve({});
    });
    const nothing = await makeStack(() => {
      for (let index = 0; index < count; index += 1) new Nothing(`nothing${index}`, { server, source: "" });
      return Promise.resolve({});
    });
    const taken: Record<"pulumi-tableau" | "does nothing", number[]> = { "pulumi-tableau": [], "does nothing": [] };
    try {
      for (let run = 1; run <= runs; run += 1) {
        taken["does nothing"].push(await secondsOf(() => nothing.stack.preview()));
        taken["pulumi-tableau"].push(await secondsOf(() => connectors.stack.preview()));
        say(
          `${ofCase}, run ${run}: ours ${taken["pulumi-tableau"].at(-1)?.toFixed(2) ?? ""} s, nothing ${taken["does nothing"].at(-1)?.toFixed(2) ?? ""} s`,
        );
      }
    } finally {
      connectors.remove();
      nothing.remove();
      rmSync(folder, { recursive: true, force: true });
    }
    const rows = Object.entries(taken).map(([contestant, values]): Row => ({ case: ofCase, contestant, unit: "s", values }));
    const ratio = median(rows, ofCase, "pulumi-tableau") / median(rows, ofCase, "does nothing");
    return { rows, goals: [atMost(`preview of ${count} connectors over ${count} that do nothing`, ratio, 1.25, " times")] };
  },
};
