import { attempt, fail } from "../../../actions/files/windows/attempt";
import type { WindowsTask } from "../../../host/windows/task";
import type { ProductName } from "../../plan/products";
import { productsOnWindows, type ProductOnWindows } from "./products-on-windows";

export interface PlaceArguments {
  readonly product: ProductName;
  readonly given: string | null;
  readonly fileName: string;
}

/** A kind of place on a machine. */
export interface Place {
  /** Where it is, with forward slashes. */
  readonly find: (task: WindowsTask, product: ProductOnWindows) => Promise<string>;
  /** What cannot be found where it lies on a network share, and the argument that names another. */
  readonly named: { readonly what: string; readonly argument: string };
  readonly look: (task: WindowsTask, folder: string, product: ProductOnWindows) => Promise<void>;
}

/** Looks at the place that a file belongs into. */
export async function lookAtPlace({ product: name, fileName }: PlaceArguments, task: WindowsTask, place: Place): Promise<void> {
  const { machine, emit } = task;
  const product = productsOnWindows[name];
  emit("system", "Windows");
  const folder = await place.find(task, product);
  // File work does not reach a share.
  if (folder.startsWith("//")) {
    const { what, argument } = place.named;
    fail(task, `find ${what}`, `it lies on a network share, ${folder}; give \`machine.${argument}\` by a drive letter`);
  }
  emit("folder", folder);
  await attempt(task, `look into ${folder}`, async () => {
    await place.look(task, folder, product);
    const note = await machine.files.read(`${folder}/.pulumi-tableau.${fileName}.owner`, 4096);
    if (note !== null) emit("note", note.toString("utf8").replace(/\r?\n$/, ""));
  });
  const running = await machine.processes(product.programs);
  if ((running?.processes.length ?? 0) > 0) emit("running");
  emit("end");
}
