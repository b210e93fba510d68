import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { AnswerReader } from "../../../provider/host/script/answer";
import { bytesOfText } from "../../../provider/host/script/bytes-of-text";
import { commandString } from "../../../provider/host/script/command-string";
import { ErrorText } from "../../../provider/host/script/error-text";
import type { AnswerLine } from "../../../provider/host";
import { textOfBytes } from "../../../provider/host/script/text-of-bytes";
import type { ShellEnd } from "../../../provider/host/script/prelude";
import { nextProgram, startProgram } from "../../../provider/host/script/kept/shell-program";

const nonce = "0123456789abcdef";
const shells: readonly (readonly [string, readonly string[]])[] = [
  ["dash", ["dash"]],
  ["bash", ["bash"]],
  ["busybox sh", ["busybox", "sh"]],
];
const isThere = ([, argv]: (typeof shells)[number]): boolean => spawnSync(argv[0] ?? "", [...argv.slice(1), "-c", "exit 0"]).status === 0;
const bytes = fc.uint8Array({ minLength: 0, maxLength: 40 }).map((each) => Buffer.from(each.filter((byte) => byte !== 0)));

interface Run {
  readonly linux: string;
  readonly args: readonly string[];
  readonly input?: string;
}

interface Answered {
  readonly records: readonly AnswerLine[];
  readonly status: unknown;
  readonly errorText: string;
}

const read = (output: { readonly stdout: Buffer; readonly stderr: Buffer }, of = nonce): Answered => {
  const records: AnswerLine[] = [];
  const reader = new AnswerReader(of, (record) => records.push(record));
  const errors = new ErrorText(of);
  reader.push(output.stdout);
  errors.push(output.stderr);
  return { records, status: reader.state, errorText: errors.lastLines() };
};

describe.each(shells.filter(isThere))("in %s", (_name, [shell = "sh", ...options]) => {
  // The command string starts `sh`; here the shell under test takes its place.
  const command = (run: Run, end: ShellEnd): string =>
    commandString({ name: "test", as: "login", ...run }, nonce, "none", end).replaceAll("exec sh", `exec ${[shell, ...options].join(" ")}`);
  const alone = (run: Run): Answered => read(spawnSync(shell, [...options, "-c", command(run, "ends with it")]));
  /** The answers of scripts that run in one shell, one after the other. */
  const oneAfterTheOther = ([first, ...more]: readonly [Run, ...Run[]]): Answered[] => {
    const nonces = more.map((_run, i) => `fedcba987654321${String(i)}`);
    const next = more.map((run, i) => nextProgram(run, nonces[i] ?? "", run.input ?? "")).join("");
    const output = spawnSync(shell, [...options, "-c", command(first, "goes on")], {
      input: more.length === 0 ? "" : startProgram + next,
    });
    return [nonce, ...nonces].map((one) => read(output, one));
  };
  const answer = (linux: string, args: readonly string[]): Pick<Answered, "records" | "status"> => {
    const { records, status } = alone({ linux, args });
    const others = oneAfterTheOther([
      { linux, args },
      { linux, args },
      { linux, args },
    ]);
    for (const other of others) expect(other).toMatchObject({ records, status });
    return { records, status };
  };

  test("any bytes come through as arguments and as fields", () => {
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 12 }), (values) => {
        const texts = values.map(textOfBytes);
        expect(answer('emit args "$@"; exit 5', texts)).toEqual({ records: [["args", ...texts]], status: { kind: "ended", status: 5 } });
      }),
      { numRuns: 20 },
    );
  });

  test("every single byte comes through", () => {
    const texts = Array.from({ length: 255 }, (_, index) => textOfBytes(Buffer.from([index + 1])));
    expect(answer('emit args "$@"', texts).records).toEqual([["args", ...texts]]);
    expect(answer('emit args "$@"', [texts.join("")]).records).toEqual([
      ["args", textOfBytes(Buffer.from(Array.from({ length: 255 }, (_, index) => index + 1)))],
    ]);
  });

  test("set -e holds in each", () => {
    expect(answer("set -e; emit a; false; emit b", [])).toEqual({ records: [["a"]], status: { kind: "ended", status: 1 } });
    const linux = "set -e; emit a; (exit 7); emit b";
    const [, withInput] = oneAfterTheOther([emits(""), { linux, args: [], input: "x" }]);
    expect(withInput).toMatchObject({ records: [["a"]], status: { kind: "ended", status: 7 } });
  });

  const emits = (linux: string): Run => ({ linux, args: [] });

  test("a script leaves nothing to the next one in the same shell", () => {
    const leaves = "x=1; export x; set -ef; umask 077; cd /tmp; trap 'echo trapped' EXIT; emit() { :; }; IFS=:; PATH=/nowhere; exit 3";
    const sees = 'case $- in *[ef]*) emit options "$-" ;; esac; emit "${x-}" "$(umask)" "$PWD" "$PATH" "$(set -- a:b; echo $1)"';
    const [before, ...after] = oneAfterTheOther([emits(sees), emits(leaves), emits(sees), emits(sees)]);
    expect(before?.records[0]?.[1]).toBe("0022");
    expect(after.map(({ status }) => status)).toEqual([3, 0, 0].map((status) => ({ kind: "ended", status })));
    expect(after.slice(1).map(({ records }) => records)).toEqual([before?.records, before?.records]);
  });

  test("a script in the same shell reads its own input only, and its errors are its own", () => {
    const reads = 'emit in "$(cat)"; echo "error of $1" >&2';
    const answers = oneAfterTheOther([
      { linux: reads, args: ["a"] },
      { linux: reads, args: ["b"], input: "it's\n$(text) \\n %s\n\n." },
      { linux: "exit 4", args: [], input: "nobody reads this" },
      { linux: reads, args: ["c"] },
    ]);
    expect(answers.map(({ records }) => records)).toEqual([[["in", ""]], [["in", "it's\n$(text) \\n %s\n\n."]], [], [["in", ""]]]);
    expect(answers.map(({ errorText }) => errorText)).toEqual(["error of a", "error of b", "", "error of c"]);
    expect(answers[2]?.status).toEqual({ kind: "ended", status: 4 });
  });

  test("a script that came only in part is not run", () => {
    const [first, whole] = [emits("emit a"), { linux: "emit b", args: ["plain", "two words", "last"], input: "x" }];
    const program = startProgram + nextProgram(whole, "fedcba9876543210", whole.input);
    const begins = program.length - nextProgram(whole, "fedcba9876543210", whole.input).length;
    // Each place in the call itself, and some of what goes before.
    for (let length = 0; length < program.length - 2; length += length < begins ? 97 : 1) {
      const output = spawnSync(shell, [...options, "-c", command(first, "goes on")], { input: program.slice(0, length) });
      expect(read(output, "fedcba9876543210")).toMatchObject({ records: [], status: { kind: "waiting" } });
    }
    expect(oneAfterTheOther([first, whole])[1]).toMatchObject({ records: [["b"]] });
  });

  test.each([
    ["a quote left open", "emit a 'b"],
    ["a parenthesis too many", ") ; emit a; ("],
    ["no command", "if then"],
  ])("%s does not reach the next script in the same shell", (_what, text) => {
    const [, broken, next] = oneAfterTheOther([emits("emit a"), emits(text), emits("emit next")]);
    // Either the shell has ended or it goes on whole.
    expect([
      { records: [], status: { kind: "waiting" } },
      { records: [["next"]], status: { kind: "ended", status: 0 } },
    ]).toContainEqual({ records: next?.records, status: next?.status });
    expect(broken?.records).not.toContainEqual(["next"]);
  });

  test("plain fields are written as they are", () => {
    const plain = "AZaz09._/:@=+,~% -";
    expect(answer('encode "$1"; printf "%s" "$pt_e" | grep -qx -- "$1" && emit same', [plain]).records).toEqual([["same"]]);
  });
});

test("at least one shell was there to test", () => {
  expect(shells.filter(isThere)).not.toHaveLength(0);
});

test("text of bytes is without loss", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (each) => expect(bytesOfText(textOfBytes(Buffer.from(each)))).toEqual(Buffer.from(each))),
  );
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => expect(textOfBytes(bytesOfText(text))).toBe(text)));
});
