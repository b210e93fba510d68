import type { Properties } from "../lifecycle";
import { hasUnknown } from "../../schema/unknown";
import type { LauncherProperties } from "./launcher-inputs";

/** The sentence of a preview; `olds` null: the resource is new. null: there is nothing to tell, or not yet. */
export function tellLauncher(olds: Properties | null, news: Properties): string | null {
  const { credentials: _secret, ...open } = news;
  if (hasUnknown(open)) return null;
  const { machine, path, placed, disableVerifyConnectorPluginSignature: unverified } = news as unknown as LauncherProperties;
  const there = olds as unknown as LauncherProperties | null;
  if (there?.placed === placed && there.path === path) return null;
  const start = `Tableau Desktop started by it ${unverified === true ? "verifies no signatures" : "verifies signatures as always"}; other starts stay as they are.`;
  if (there === null) return `${path} is to be on ${machine.name}: an \`up\` places it. ${start}`;
  return `${path} on ${machine.name} differs from the program: an \`up\` places it again. ${start}`;
}
