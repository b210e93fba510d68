import { ScriptEnd, type WindowsScript, type WindowsTask } from "../../host/windows/task";
import { attempt } from "../files/windows/attempt";
import { emitNote } from "../files/windows/emit-note";
import { emitRunning } from "../files/windows/emit-running";
import { givenFolder } from "../files/windows/given-folder";
import { productsOnWindows, type ProductOnWindows } from "../files/windows/products-on-windows";
import { refuseShare } from "../files/windows/refuse-share";
import { shellFolder } from "../files/windows/shell-folder";
import { tableauFolder } from "../files/windows/tableau-folder";

/** The same as lookScript. */
export const lookForm: WindowsScript = async (task) => {
  const { machine, args, emit } = task;
  const [name = "", given = "", fileName = ""] = args;
  const product = productsOnWindows[name];
  if (product === undefined) throw new ScriptEnd(1);
  emit("system", "Windows");
  const tableau = tableauFolder(machine);
  const folder = `${await findRepository(task, product, given, tableau)}/Connectors`;
  refuseShare(task, folder, "repository");
  emit("folder", folder);
  await attempt(task, `look into ${folder}`, async () => {
    await lookInto(task, folder);
    if (folder.toLowerCase() !== `${tableau}/Connectors`.toLowerCase()) await lookInto(task, `${tableau}/Connectors`);
    await emitNote(task, folder, fileName);
    for (const entry of (await machine.files.list(tableau)) ?? []) if (product.installed.test(entry.name)) emit("app", entry.name);
  });
  await emitRunning(task, product);
  emit("end");
};

async function findRepository({ machine, emit }: WindowsTask, product: ProductOnWindows, given: string, tableau: string): Promise<string> {
  if (given !== "") return givenFolder(machine, given);
  if (product.repository === null) return tableau;
  const documents = await shellFolder(machine, "Personal");
  const names = [product.repository, `${product.repository}_Beta`, `${product.repository} (Beta)`];
  const there = documents.startsWith("//") ? [] : ((await machine.files.list(documents)) ?? []);
  const has = (name: string): boolean => there.some((entry) => entry.kind === "folder" && entry.name.toLowerCase() === name.toLowerCase());
  const found = names.filter(has);
  if (found.length === 0 && product.repository === "My Tableau Repository") {
    for (const { name, kind } of there) {
      if (kind === "folder" && (await machine.files.stat(`${documents}/${name}/Preferences.tps`)) !== null) found.push(name);
    }
  }
  for (const other of found.slice(1)) emit("other", `${documents}/${other}`);
  return `${documents}/${found[0] ?? product.repository}`;
}

async function lookInto({ machine, emit }: WindowsTask, folder: string): Promise<void> {
  const entries = (await machine.files.list(folder)) ?? [];
  const packages = entries.filter(({ kind, name }) => kind === "file" && /\.taco$/i.test(name));
  const digests = await machine.digests(packages.map(({ name }) => `${folder}/${name}`));
  packages.forEach(({ name }, index) => emit("package", folder, name, digests[index] ?? ""));
  for (const { name } of entries.filter(({ kind }) => kind === "folder")) {
    const manifest = await machine.files.read(`${folder}/${name}/manifest.xml`, 262_144);
    if (manifest !== null || /\.taco$/i.test(name)) emit("unpacked", folder, name, manifest?.toString("utf8") ?? "");
  }
}
