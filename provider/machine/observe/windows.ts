import type { WindowsTask } from "../../host/windows/task";
import { givenFolder, shellFolder, tableauFolder } from "../files/windows/folders";
import { lookAtPlace, type PlaceArguments } from "../files/windows/look-at-place";
import type { ProductOnWindows } from "../files/windows/products-on-windows";

/** Finds the folder that a product reads connectors from, and looks at it. */
export async function onWindows(args: PlaceArguments, task: WindowsTask): Promise<void> {
  await lookAtPlace(args, task, {
    find: async (_task, product) => `${await findRepository(task, product, args.given)}/Connectors`,
    named: { what: "the repository", argument: "repository" },
    look: async ({ machine, emit }, folder, product) => {
      const tableau = tableauFolder(machine);
      await lookInto(task, folder);
      if (folder.toLowerCase() !== `${tableau}/Connectors`.toLowerCase()) await lookInto(task, `${tableau}/Connectors`);
      for (const entry of (await machine.files.list(tableau)) ?? []) if (product.installed.test(entry.name)) emit("app", entry.name);
    },
  });
}

async function findRepository({ machine, emit }: WindowsTask, product: ProductOnWindows, given: string | null): Promise<string> {
  if (given !== null) return givenFolder(machine, given);
  if (product.repository === null) return tableauFolder(machine);
  const documents = await shellFolder(machine, "Personal");
  const names = [product.repository, `${product.repository}_Beta`, `${product.repository} (Beta)`];
  const inDocuments = documents.startsWith("//") ? [] : ((await machine.files.list(documents)) ?? []);
  const has = (name: string): boolean =>
    inDocuments.some((entry) => entry.kind === "folder" && entry.name.toLowerCase() === name.toLowerCase());
  const found = names.filter(has);
  if (found.length === 0 && product.repository === "My Tableau Repository") {
    for (const { name, kind } of inDocuments) {
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
