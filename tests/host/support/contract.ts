import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AnswerLine, Host, Script } from "../../../provider/host";
import { Secret } from "../../../provider/vocabulary/secret";

export const script = (linux: string, rest: Partial<Script> = {}): Script => ({
  name: "test",
  linux,
  windows: () => Promise.reject(new Error("this test has no Windows machine")),
  args: [],
  as: "login",
  timeoutSeconds: 20,
  ...rest,
});

/** What every host must do, whichever way it reaches its node. */
export function hostContract(host: () => Host, longestArgument = 100_000): void {
  const run = async (text: string, rest: Loose = {}) => host().run(script(text, rest as Partial<Script>));
  let directory = "";
  beforeAll(() => (directory = mkdtempSync(join(tmpdir(), "host-contract-"))));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test.each<[string, string, Partial<Script>, readonly AnswerLine[], number]>([
    ["an empty script", "", {}, [], 0],
    ["a script that is only a comment", "# nothing", {}, [], 0],
    ["records", "emit a; emit b c; emit d '' e", {}, [["a"], ["b", "c"], ["d", "", "e"]], 0],
    ["exit in the middle", "emit a; exit 3; emit b", {}, [["a"]], 3],
    ["set -e", "set -e; emit a; false; emit b", {}, [["a"]], 1],
    ["traps of its own", "trap 'emit bye' EXIT; emit a; exit 4", {}, [["a"], ["bye"]], 4],
    ["exec", "emit a; exec false", {}, [["a"]], 1],
    ["a shell ended by a signal", "emit a; kill -9 $(exec sh -c 'echo $PPID'); emit b", {}, [["a"]], 137],
    ["exit status 255", "exit 255", {}, [], 255],
    ["noise", "echo noise; emit a; printf noise; emit b; printf 'x\\r\\n\\033[1m'; emit c", {}, [["a"], ["b"], ["c"]], 0],
    [
      "records of a pipeline",
      "printf '1\\n2\\n' | while read -r n; do emit n \"$n\"; done",
      {},
      [
        ["n", "1"],
        ["n", "2"],
      ],
      0,
    ],
    ["empty standard input", 'emit in "$(cat)"', {}, [["in", ""]], 0],
    ["the umask and the language", 'emit "$(umask)" "$LC_ALL" "$PWD"', {}, [["0022", "C", "/"]], 0],
    [
      "encode",
      'encode "a b"; emit "$pt_e"; encode "ä"; emit "$pt_e"',
      {},
      [["a b"], ["ä"]].map(([a]) => [a === "ä" ? "0xc3a4" : a] as never),
      0,
    ],
  ])("answers %s", async (_name, text, rest, records, status) => {
    const answer = await run(text, rest);
    expect(answer).toEqual({ records, status, errorText: expect.any(String) });
  });

  const nasty = [
    "a b",
    "'",
    '"',
    "$(touch /tmp/pwned)",
    "`id`",
    "\n",
    "a\n\n",
    "-rf",
    "--",
    "*",
    "~",
    "\\",
    "\\n",
    "!",
    "#",
    "ä€😀",
    "0x41",
    "\t",
    "\r\n",
    " ",
    "",
    ";",
    "%s",
    "=x",
    "\x1b[1m",
    "\udcff\udc80x\n",
  ];
  test("takes arguments as data", async () => {
    const answer = await run('emit args "$@"; emit count $#', { args: nasty });
    expect(answer.records).toEqual([
      ["args", ...nasty],
      ["count", String(nasty.length)],
    ]);
  });

  test("keeps standard error apart, its end, printable", async () => {
    const answer = await run("i=0; while [ $i -lt 3000 ]; do echo line $i >&2; i=$((i+1)); done; printf '\\033[31mred\\n' >&2; emit a");
    expect(answer.errorText.split("\n")).toHaveLength(20);
    expect(answer.errorText).toMatch(/line 2999\n\\u001b\[31mred$/);
    expect(answer.records).toEqual([["a"]]);
  });

  test("sends bytes and sees a cut upload by its length", async () => {
    const bytes = randomBytes(5_000_000);
    const target = join(directory, "upload");
    const text = 'cat > "$1"; emit got "$(wc -c < "$1" | tr -d " ")" "$(sha256sum < "$1" | cut -d" " -f1)"';
    const answer = await run(text, { args: [target], input: bytes });
    expect(answer.records).toEqual([["got", "5000000", createHash("sha256").update(bytes).digest("hex")]]);
    const cut = await run(text, { args: [target], input: bytes.subarray(0, 1_000_000) });
    expect(cut.records[0]?.[1]).toBe("1000000");
  });

  test("sends a secret and a stream", async () => {
    expect((await run('emit in "$(cat)"', { input: new Secret("s3cret ü") })).records).toEqual([["in", "s3cret ü"]]);
    async function* stream(): AsyncIterable<Buffer> {
      for (let i = 0; i < 200; i += 1) yield Promise.resolve(Buffer.alloc(50_000, i));
    }
    expect((await run("emit n $(wc -c)", { input: stream() })).records).toEqual([["n", "10000000"]]);
  });

  test.each([
    ["a buffer", (): Script["input"] => Buffer.alloc(20_000_000)],
    ["a stream without end", (): Script["input"] => endless()],
  ])("does not wait for the upload of %s that the script does not read", async (_name, input) => {
    expect(await run("emit a; exit 5", { input: input() })).toMatchObject({ records: [["a"]], status: 5 });
    expect(await run("head -c 10 >/dev/null; emit b; exit 6", { input: input() })).toMatchObject({ records: [["b"]], status: 6 });
  });

  test("gives the error of the input's source", async () => {
    async function* broken(): AsyncIterable<Buffer> {
      yield Buffer.from("a");
      await Promise.reject(new Error("source broke"));
    }
    await expect(run("cat >/dev/null; sleep 5", { input: broken() })).rejects.toThrow("source broke");
  });

  test("hands records on as they come", async () => {
    const flag = join(directory, "flag");
    const seen: AnswerLine[] = [];
    await host().run(script('emit first; while ! [ -e "$1" ]; do sleep 0.05; done; emit second', { args: [flag] }), (record) => {
      seen.push(record);
      if (record[0] === "first") writeFileSync(flag, "");
    });
    expect(seen).toEqual([["first"], ["second"]]);
  });

  test("gives a script up after its time", async () => {
    const given = run("emit a; sleep 30", { timeoutSeconds: 0.5 });
    await expect(given).rejects.toMatchObject({ code: "host-timeout", node: host().node });
    await expect(given).rejects.toThrow(/may still be running/);
  });

  test("does not wait for what the script leaves in the background", async () => {
    expect(await run("sleep 4 & emit a", { timeoutSeconds: 3 })).toMatchObject({ records: [["a"]], status: 0 });
  });

  test("reads long records", async () => {
    const answer = await run(
      "emit big $(head -c 3000000 /dev/zero | base64 -w0 2>/dev/null || head -c 3000000 /dev/zero | base64 | tr -d '\\n')",
    );
    expect(answer.records[0]?.[1]).toHaveLength(4_000_000);
  });

  test("refuses what no node accepts, before it is sent", async () => {
    await expect(run("emit a", { args: ["a\0b"] })).rejects.toMatchObject({ code: "argument-invalid" });
    await expect(run("emit a", { args: ["\ud800"] })).rejects.toMatchObject({ code: "argument-invalid" });
    await expect(run("emit a", { args: ["x".repeat(130_000)] })).rejects.toMatchObject({ code: "argument-invalid" });
    expect((await run("emit ${#1}", { args: ["x".repeat(longestArgument)] })).records).toEqual([[String(longestArgument)]]);
  });

  test.each([
    ["a syntax error", "if then"],
    ["the end of its own shell", "emit a; kill -9 $$; sleep 1"],
  ])("tells of %s", async (_name, text) => {
    await expect(run(text)).rejects.toMatchObject({ name: "TableauError", node: host().node });
  });

  test("holds a session, writes to it, closes it", async () => {
    const session = await host().open(script('emit ready; while read -r line; do emit got "$line"; done; emit over'));
    const records = session.records();
    expect((await records.next()).value).toEqual(["ready"]);
    session.write(Buffer.from("one\n"));
    expect((await records.next()).value).toEqual(["got", "one"]);
    session.write(Buffer.from("two\n"));
    expect((await records.next()).value).toEqual(["got", "two"]);
    await Promise.all([session.close(), session.close()]);
    expect((await records.next()).value).toEqual(["over"]);
    expect((await records.next()).done).toBe(true);
    await session.closed;
  });

  test("ends a session with its script, and sends it the input first", async () => {
    const session = await host().open(script('read -r line; emit "$line"; exit 3', { input: Buffer.from("first\n") }));
    const seen: AnswerLine[] = [];
    for await (const record of session.records()) seen.push(record);
    await session.closed;
    session.write(Buffer.from("late"));
    await session.close();
    expect(seen).toEqual([["first"]]);
  });

  test("frees a session's lock when it is closed", async () => {
    const lock = join(directory, "lock");
    const holder = await host().open(script('exec 9>"$1"; flock -n 9 || exit 1; emit held; cat >/dev/null', { args: [lock] }));
    expect((await holder.records().next()).value).toEqual(["held"]);
    expect(await run('exec 9>"$1"; flock -n 9', { args: [lock] })).toMatchObject({ status: 1 });
    await holder.close();
    expect(await run('exec 9>"$1"; flock -n 9', { args: [lock] })).toMatchObject({ status: 0 });
  });

  test("runs 40 scripts at the same time", async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, async (_, n) => run('sleep 0.05; emit "$1"', { args: [String(n)] })));
    expect(answers.map((answer) => answer.records[0]?.[0])).toEqual(Array.from({ length: 40 }, (_, n) => String(n)));
    expect(existsSync("/tmp/pwned")).toBe(false);
  });
}

async function* endless(): AsyncIterable<Buffer> {
  for (;;) yield Promise.resolve(Buffer.alloc(100_000));
}

type Loose = { readonly [K in keyof Script]?: Script[K] | undefined };
