import { chmodSync } from "node:fs";
import type { Program } from "../cmd/shell";
import { writeLine } from "../cmd/streams";
import type { WindowsMachine } from "../machine";

/**
 * `icacls FILE /inheritance:r /grant:r …`, which takes what a file inherits from its folder away. Who may read the file is its mode on
 * this machine: the node's other users see it by that.
 */
export function icacls(_machine: WindowsMachine): Program {
  return ({ args: [path = "", ...how], shell, streams }) => {
    const place = shell.files.locate(path, shell.folder);
    shell.files.stat(place);
    if (!how.includes("/inheritance:r") || !how.includes("/grant:r")) {
      writeLine(streams, 2, `Invalid parameter "${how[0] ?? ""}"`);
      return 87;
    }
    chmodSync(place.real, 0o600);
    writeLine(streams, 1, `processed file: ${path}`);
    writeLine(streams, 1, "Successfully processed 1 files; Failed processing 0 files");
    return 0;
  };
}
