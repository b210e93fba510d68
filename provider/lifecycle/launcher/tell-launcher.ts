import type { Properties } from "../lifecycle";
import { desktopLauncher } from "../../schema/desktop-launcher";
import { parse } from "../../schema/read";
import { hasUnknown } from "../../schema/unknown";

/** The sentence of a preview; `olds` null: the resource is new. null: there is nothing to tell, or not yet. */
export function tellLauncher(olds: Properties | null, news: Properties): string | null {
  const { credentials: _secret, ...open } = news;
  if (hasUnknown(open)) return null;
  const { machine, path, placed, disableVerifyConnectorPluginSignature: unverified } = parse(desktopLauncher.inputs, news);
  const there = olds === null ? null : parse(desktopLauncher.inputs, olds);
  if (there?.placed === placed && there.path === path) return null;
  const start = `Tableau Desktop started by it ${unverified === true ? "verifies no signatures" : "verifies signatures as always"}; other starts stay as they are.`;
  if (there === null) return `${path} is to be on ${machine.name}: an \`up\` places it. ${start}`;
  return `${path} on ${machine.name} differs from the program: an \`up\` places it again. ${start}`;
}
