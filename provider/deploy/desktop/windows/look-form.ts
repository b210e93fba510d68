import { ScriptEnd, type WindowsForm, type WindowsTask } from "../../../host/windows/task";
import { attempt } from "./attempt";
import { shellFolder } from "./shell-folder";

interface ProductOnWindows {
  /** Name of its repository in Documents; null: it reads the folder that all programs share. */
  readonly repository: string | null;
  /** How the folder of an installation begins. */
  readonly installed: RegExp;
  readonly programs: readonly string[];
}

const products: Readonly<Record<string, ProductOnWindows>> = {
  desktop: { repository: "My Tableau Repository", installed: /^Tableau \d{4}\.\d+/, programs: ["tableau.exe"] },
  prep: {
    repository: "My Tableau Prep Repository",
    installed: /^Tableau Prep Builder \d{4}\.\d+/,
    programs: ["Tableau Prep Builder.exe"],
  },
  bridge: { repository: null, installed: /^Tableau Bridge \d{4}\.\d+/, programs: ["TabBridgeClient.exe", "TabBridgeClientWorker.exe"] },
};

/** The same as lookScript. */
export const lookForm: WindowsForm = async (task) => {
  const { machine, args, emit } = task;
  const [name = "", given = "", fileName = ""] = args;
  const product = products[name];
  if (product === undefined) throw new ScriptEnd(1);
  emit("system", "Windows");
  const tableau = `${(machine.environment("ProgramFiles") ?? "C:/Program Files").replaceAll("\\", "/")}/Tableau`;
  const folder = `${await findRepository(task, product, given, tableau)}/Connectors`;
  if (folder.startsWith("//")) {
    emit("failed", "find the repository", `it lies on a network share, ${folder}; give \`machine.repository\` by a drive letter`);
    throw new ScriptEnd(1);
  }
  emit("folder", folder);
  await attempt(task, `look into ${folder}`, async () => {
    await lookInto(task, folder);
    if (folder.toLowerCase() !== `${tableau}/Connectors`.toLowerCase()) await lookInto(task, `${tableau}/Connectors`);
    const note = await machine.files.read(`${folder}/.pulumi-tableau.${fileName}.owner`, 4096);
    if (note !== null) emit("note", note.toString("utf8").replace(/\r?\n$/, ""));
    for (const entry of (await machine.files.list(tableau)) ?? []) if (product.installed.test(entry.name)) emit("app", entry.name);
  });
  const running = await machine.processes(product.programs);
  if ((running?.processes.length ?? 0) > 0) emit("running");
  emit("end");
};

async function findRepository({ machine, emit }: WindowsTask, product: ProductOnWindows, given: string, tableau: string): Promise<string> {
  if (given.startsWith("~/")) return `${(machine.environment("USERPROFILE") ?? "").replaceAll("\\", "/")}${given.slice(1)}`;
  if (given !== "") return given.replaceAll("\\", "/").replace(/\/$/, "");
  if (product.repository === null) return tableau;
  const documents = await shellFolder(machine, "Personal");
  const names = [product.repository, `${product.repository}_Beta`, `${product.repository} (Beta)`];
  const there = documents.startsWith("//") ? [] : ((await machine.files.list(documents)) ?? []);
  const has = (name: string): boolean => there.some((entry) => entry.kind === "folder" && entry.name.toLowerCase() === name.toLowerCase());
  const found = names.filter(has);
  if (found.length === 0 && product.repository === "My Tableau Repository") {
    for (const { name, kind } of there)
      if (kind === "folder" && (await machine.files.stat(`${documents}/${name}/Preferences.tps`)) !== null) found.push(name);
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
