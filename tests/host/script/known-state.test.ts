import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandString } from "../../../provider/host/script/command-string";
import type { ShellEnd } from "../../../provider/host/script/prelude";
import { nextProgram, startProgram } from "../../../provider/host/script/kept/shell-program";

const shells = ["dash", "bash", "busybox"].filter((name) => existsSync(`/bin/${name}`));

/** What a login may export: options of bash, files that shells read, and what changes how words and names are read. */
const environments: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ["nothing", {}],
  ...["xtrace", "verbose", "noclobber", "noglob", "errexit", "nounset", "allexport", "pipefail"].map(
    (option) => [`the option ${option}`, { SHELLOPTS: option }] as const,
  ),
  ["xtrace and verbose", { SHELLOPTS: "verbose:xtrace", PS4: "$SECRET " }],
  ["files that shells read", { BASH_ENV: "./hostile.sh", ENV: "./hostile.sh" }],
  ["a field separator", { IFS: "e/0" }],
  ["another place for cd", { CDPATH: "/usr:/etc" }],
  ["another language", { LC_ALL: "tr_TR.UTF-8", LANG: "de_DE.UTF-8" }],
  ["options of grep", { GREP_OPTIONS: "-v" }],
];

const secret = "s3cr3t-of-the-server";
// Reads a secret from standard input, handles it, and uses what options would change.
const text = `
read -r password
copy=$password
words='a b'
set -- $words
case $copy in s3cr[3]t-of-the-server) emit secret "$#" ;; esac
false
emit unset "\${never_set-}" "$(umask)" "$PWD"
rm -f "$pt_test/file"; : > "$pt_test/file"; printf x > "$pt_test/file"
for name in "$pt_test"/fil?; do emit glob "\${name##*/}"; done
printf '%s\\n' one | grep -c one | { read -r count; emit grep "$count"; }
false | true && emit pipe well
env | grep -q s3cr[3]t && emit exported
"$pt_bash" -c ': "$1"; printf done' bash "$copy" | { read -r said; emit child "$said"; }
command -v hostile || emit path clean
exit 0
`;

describe.each(shells)("a script in %s, whatever the login has exported", (shell) => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "known-state-"));
    mkdirSync(join(folder, "bin"));
    symlinkSync(`/bin/${shell}`, join(folder, "bin/sh"));
    writeFileSync(join(folder, "hostile.sh"), "echo hostile; emit() { echo mine; }\n");
    writeFileSync(join(folder, "hostile"), "#!/bin/sh\necho hostile\n", { mode: 0o755 });
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const run = (exported: Readonly<Record<string, string>>, end: ShellEnd): { stdout: string; stderr: string } => {
    const script = {
      name: "test",
      linux: `pt_test=${folder}/work pt_bash=/bin/bash; mkdir -p "$pt_test"\ncd "$pt_test/.."\n${text}`,
      args: [],
      as: "login",
    } as const;
    const turns = [startProgram, nextProgram(script, "nonce", `${secret}\n`)];
    const [first, input] = end === "goes on" ? [{ ...script, linux: ":" }, turns.join("")] : [script, `${secret}\n`];
    const { stdout, stderr } = spawnSync(join(folder, "bin/sh"), ["-c", commandString(first, "nonce", "none", end)], {
      cwd: folder,
      encoding: "utf8",
      input,
      env: { PATH: `${folder}/bin:.:relative::/usr/bin:/bin`, HOME: "/", ...exported },
    });
    return { stdout, stderr };
  };
  const records = (stdout: string): string[] =>
    stdout
      .split("\n")
      .filter((line) => /^<<pulumi-tableau nonce \d/.test(line))
      .map((line) => line.replace(/^.*?>>\t/, ""));

  test.each(["ends with it", "goes on"] as const)("where the shell %s", (end) => {
    const expected = [
      "secret\t2",
      expect.stringMatching(/^unset\t\t0022\t/),
      "glob\tfile",
      "grep\t1",
      "pipe\twell",
      "child\tdone",
      "path\tclean",
    ];
    for (const [, exported] of environments) {
      const { stdout, stderr } = run(exported, end);
      expect({ exported, records: records(stdout) }).toEqual({ exported, records: expected });
      expect(stdout + stderr).not.toContain(secret);
    }
  });
});
