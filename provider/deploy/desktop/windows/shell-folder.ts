import type { WindowsMachine } from "../../../host/windows/machine";

const key = "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders";

/**
 * Where a folder of the login user really is, with forward slashes: Documents may be redirected, or lie in OneDrive.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/shell/csidl
 */
export async function shellFolder(machine: WindowsMachine, name: "Personal" | "Desktop"): Promise<string> {
  const usual = `${machine.environment("USERPROFILE") ?? "C:/Users/Default"}/${name === "Personal" ? "Documents" : "Desktop"}`;
  const { stdout } = await machine.run(`reg query "${key}" /v ${name}`);
  const [, value = ""] = new RegExp(`^\\s+${name}\\s+REG_(?:EXPAND_)?SZ\\s+(.*?)\\s*$`, "m").exec(stdout) ?? [];
  const path = await expand(machine, value);
  return (path === "" || path.includes("%") ? usual : path).replaceAll("\\", "/");
}

async function expand(machine: WindowsMachine, value: string): Promise<string> {
  let expanded = value;
  for (const [mark, name = ""] of value.matchAll(/%(\w+)%/g)) expanded = expanded.replace(mark, (await variable(machine, name)) ?? mark);
  return expanded;
}

async function variable(machine: WindowsMachine, name: string): Promise<string | undefined> {
  const known = machine.environment(name);
  if (known !== undefined) return known;
  const { stdout } = await machine.run(`set ${name}`);
  return new RegExp(`^${name}=(.*?)\\s*$`, "im").exec(stdout)?.[1];
}
