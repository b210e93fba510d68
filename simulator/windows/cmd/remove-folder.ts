import { statSync } from "node:fs";
import { join } from "node:path";
import type { Located, WindowsFiles } from "../files/windows-files";

/** `rd`: an empty folder, or with `/s` one with all that is in it. What cannot go stays, with the folders above it. */
export function removeFolder(files: WindowsFiles, place: Located, what: "empty" | "whole"): void {
  if (what === "whole") {
    for (const name of files.list(place)) {
      const inside = { path: { ...place.path, parts: [...place.path.parts, name] }, real: join(place.real, name), wanted: name };
      if (statSync(inside.real).isDirectory()) removeFolder(files, inside, "whole");
      else files.remove(inside);
    }
  }
  files.removeFolder(place);
}
