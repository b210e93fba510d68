import type { Host } from "../../host/host";
import type { ProductName } from "../../plan/desktop/products";
import type { SeenDrivers, SeenMachineFile } from "../../plan/desktop/seen-machine";
import { checkMachineAnswer } from "./check-machine-answer";
import { lookAtDriverScript } from "./look-at-driver-script";
import { readPlace } from "./read-place";
import { lookAtDriverForm } from "./windows/look-at-driver-form";

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
  const answer = await host.run({
    name: "look-at-driver",
    text: lookAtDriverScript,
    windows: lookAtDriverForm,
    args: [product, directory ?? "", fileName],
    as: "login",
    timeoutSeconds,
  });
  checkMachineAnswer(host.node, `look at ${fileName}`, answer);
  const found = answer.records.find(([key]) => key === "package" || key === "unpacked");
  const place = readPlace(host.node, answer);
  if (found === undefined) return { ...place, file: null };
  const [key, folder = "", name = "", sha256 = ""] = found;
  const form: SeenMachineFile["form"] = key === "package" ? "file" : "folder";
  return { ...place, file: { folder, fileName: name, form, sha256: sha256 === "" ? null : sha256 } };
}
