import type { WindowsMachine } from "../../../host/windows/machine";

/** The folder of all programs of Tableau, with forward slashes. */
export function tableauFolder(machine: WindowsMachine): string {
  return `${(machine.environment("ProgramFiles") ?? "C:/Program Files").replaceAll("\\", "/")}/Tableau`;
}

/** A folder as the program names it, absolute or beginning with "~/", with forward slashes and none at its end. */
export function givenFolder(machine: WindowsMachine, given: string): string {
  const home = machine.environment("USERPROFILE") ?? "";
  return given
    .replace(/^~(?=\/)/, () => home)
    .replaceAll("\\", "/")
    .replace(/\/$/, "");
}

const key = "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders";

/**
 * Where a folder of the login user really is, with forward slashes: Documents may be redirected, or lie in OneDrive.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/shell/csidl
 */
export async function shellFolder(machine: WindowsMachine, name: "Personal" | "Desktop"): Promise<string> {
  const usual = `${machine.environment("USERPROFILE") ?? "C:/Users/Default"}/${name === "Personal" ? "Documents" : "Desktop"}`;
  const { stdout } = await machine.run(`reg query "${key}" /v ${name}`);
  const rows = stdout.split("\n").map((line) => /^(\S+)\s+REG_(?:EXPAND_)?SZ\s+(\S.*)$/s.exec(line.trim()) ?? []);
  const value = rows.find(([, found]) => found === name)?.[2] ?? "";
  const path = await expand(machine, value);
  return (path === "" || path.includes("%") ? usual : path).replaceAll("\\", "/");
}

const variables = /%(\w+)%/g;

async function expand(machine: WindowsMachine, value: string): Promise<string> {
  const names = new Set([...value.matchAll(variables)].map(([, name = ""]) => name));
  const values = new Map<string, string | undefined>();
  for (const name of names) values.set(name, await variable(machine, name));
  return value.replace(variables, (mark, name: string) => values.get(name) ?? mark);
}

async function variable(machine: WindowsMachine, name: string): Promise<string | undefined> {
  const known = machine.environment(name);
  if (known !== undefined) return known;
  const { stdout } = await machine.run(`set ${name}`);
  const beginning = `${name}=`.toUpperCase();
  const found = stdout.split("\n").find((line) => line.toUpperCase().startsWith(beginning));
  return found?.slice(beginning.length).trimEnd();
}
