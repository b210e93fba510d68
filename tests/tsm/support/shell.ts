import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { AnswerLine } from "../../../provider/host/host";
import type { Call } from "../../../provider/tsm/call";
import { scriptArgs, tsmScript, type ScriptSettings } from "../../../provider/tsm/script";

/** A folder that tsm's script takes for the whole file system. */
export class Root {
  readonly path = mkdtempSync(join(tmpdir(), "tsm-"));

  constructor() {
    roots.push(this.path);
  }

  /** Puts a program there; `$0` and the arguments are its own. */
  program(path: string, text: string): string {
    const file = this.file(path, `#!/bin/sh\n${text}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  file(path: string, text: string): string {
    const file = join(this.path, path);
    // Whatever umask the tests have: settings that others may write are not run.
    mkdirSync(dirname(file), { recursive: true, mode: 0o755 });
    writeFileSync(file, text, { mode: 0o644 });
    return file;
  }
}

const roots: string[] = [];

/** Removes the folders of all roots that a test file made. */
export function removeRoots(): void {
  for (const root of roots.splice(0)) {
    rmSync(root, { recursive: true, force: true });
  }
}

export interface ShellRun {
  readonly settings?: Partial<ScriptSettings>;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Shell functions in place of programs: a shell with programs of its own, such as busybox-static's, asks no PATH for them. */
  readonly functions?: string;
}

/** Runs tsm's script in a real shell, such as ["busybox", "sh"], and returns its records. */
export function runScript(shell: readonly string[], root: Root, calls: readonly Call[], run: ShellRun = {}): readonly AnswerLine[] {
  const settings: ScriptSettings = {
    path: "",
    password: "none",
    unauthorised: "try",
    root: root.path,
    file: "none",
    found: "",
    ...run.settings,
  };
  const [program = "sh", ...before] = shell;
  const { stdout, stderr } = spawnSync(
    program,
    [...before, "-c", `${emit}\n${run.functions ?? ""}\n(\n${tsmScript}\n)`, "tsm", ...scriptArgs(settings, calls)],
    {
      input: run.input ?? "",
      encoding: "utf8",
      // bash reads .bashrc when standard input is a socket, as it is here.
      env: { PATH: process.env["PATH"], LC_ALL: "C", HOME: root.path, ...run.env },
    },
  );
  if (stderr !== "") {
    throw new Error(`the script printed on standard error: ${stderr}`);
  }
  return stdout
    .split("\u0001\n")
    .slice(0, -1)
    .map((record) => record.split("\u0002").slice(0, -1) as unknown as AnswerLine);
}

const emit = String.raw`emit() { for f in "$@"; do printf '%s\002' "$f"; done; printf '\001\n'; }`;
