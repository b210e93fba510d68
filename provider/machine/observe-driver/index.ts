import { asked, orEmpty, path, sha256 } from "../../host/fields";
import type { Host } from "../../host/host";
import { last, maybe } from "../../host/reply";
import type { ProductName } from "../plan/products";
import type { SeenDrivers } from "../plan/seen-machine";
import { action, perform } from "../../actions/action";
import { checkMachineAnswer } from "../check-machine-answer";
import findDrivers from "../files/find-drivers.sh";
import { lookScript, placeArguments, placeLines, readPlace } from "../place";
import script from "./unix.sh";
import { onWindows } from "./windows";

/** Looks at one file in the folder that a product reads its JDBC drivers from. Changes nothing. */
export const observeDriver = action({
  name: "look-at-driver",
  as: "login",
  args: placeArguments,
  linux: lookScript(findDrivers, script),
  windows: onWindows,
  reply: ({ fileName }) => {
    const file = { folder: path, fileName: asked([fileName]) };
    return { ...placeLines, package: maybe({ ...file, sha256: orEmpty(sha256) }), unpacked: maybe(file), end: last() };
  },
});

export interface DriverQuestion {
  readonly product: ProductName;
  /** The folder that the program names; null: that of the product and the system. */
  readonly directory: string | null;
  readonly fileName: string;
  readonly timeoutSeconds: number;
}

/**
 * Looks at one file in the folder that a product reads its JDBC drivers from, in one round trip. Changes nothing.
 *
 * @throws TableauError (host-*), also where the machine is of a system that no product of Tableau runs on.
 */
export async function lookAtDriver(host: Host, question: DriverQuestion): Promise<SeenDrivers> {
  const { product, directory, fileName, timeoutSeconds } = question;
  const answer = await perform(host, observeDriver, { product, given: directory, fileName }, { timeoutSeconds });
  checkMachineAnswer(host.node, `look at ${fileName}`, answer);
  const { lines } = answer;
  const place = readPlace(host.node, lines);
  const [found] = [
    ...lines.package.map((line) => ({ ...line, form: "file" as const })),
    ...lines.unpacked.map((line) => ({ ...line, form: "folder" as const, sha256: null })),
  ];
  return { ...place, file: found ?? null };
}
