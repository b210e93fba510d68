import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Action } from "../provider/actions/action";
import type { Arguments } from "../provider/actions/arguments";
import type { ReplyForm } from "../provider/host/reply";

type AnyAction = Pick<Action<Arguments, ReplyForm>, "name" | "linux">;

const root = join(__dirname, "..");
const load = createRequire(__filename);

/** Every action, by its folder, such as "actions/lock": found there, so that none can be left out. */
export function allActions(): ReadonlyMap<string, AnyAction> {
  const folders = ["actions", "machine"].flatMap((room) =>
    readdirSync(join(root, "provider", room), { recursive: true, encoding: "utf8" })
      .filter((file) => /^[^/]+\/index\.ts$/.test(file))
      .map((file) => join(room, file.slice(0, -"/index.ts".length))),
  );
  return new Map(
    folders.flatMap((folder) => {
      const found = Object.values(load(join(root, "provider", folder, "index.ts")) as Readonly<Record<string, unknown>>).filter(isAction);
      if (found.length !== 1) throw new Error(`provider/${folder}/index.ts exports ${String(found.length)} actions, expected one`);
      return found.map((one) => [folder, one] as const);
    }),
  );
}

function isAction(value: unknown): value is AnyAction {
  return typeof value === "object" && value !== null && "linux" in value && "windows" in value && "args" in value;
}
