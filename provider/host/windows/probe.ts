/** What a Windows machine says of itself, once for each connection. */
export interface Environment {
  /** By their names in capital letters. */
  readonly variables: ReadonlyMap<string, string>;
  readonly ansiCodePage: string | undefined;
}

const prefixes = ["OS", "COMPUTERNAME", "USERNAME", "ProgramData", "ProgramFiles", "SystemDrive", "USERPROFILE", "TABLEAU_SERVER"];

/** `set NAME` prints every variable that begins so, exactly, and never fails a line. */
export const probeLine = [
  ...prefixes.map((prefix) => `set ${prefix}`),
  "reg query HKLM\\SYSTEM\\CurrentControlSet\\Control\\Nls\\CodePage /v ACP",
].join("&");

const codePage = /^\s+ACP\s+REG_SZ\s+(\d+)$/;

/** Reads the answer to {@link probeLine}; null: what ran the line is not cmd.exe. */
export function readProbe(text: string): Environment | null {
  const lines = text.split("\n").map((line) => line.trimEnd());
  const variables = new Map(
    lines.flatMap((line): [string, string][] => {
      const [, name, value] = /^(\w[^=]*)=(.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name.toUpperCase(), value]];
    }),
  );
  if (variables.get("OS") !== "Windows_NT") return null;
  return { variables, ansiCodePage: lines.flatMap((line) => codePage.exec(line)?.[1] ?? [])[0] };
}
