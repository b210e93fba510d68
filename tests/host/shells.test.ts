import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { AnswerReader } from "../../provider/host/answer";
import { bytesOfText } from "../../provider/host/bytes-of-text";
import { commandString } from "../../provider/host/command-string";
import type { AnswerRecord } from "../../provider/host";
import { textOfBytes } from "../../provider/host/text-of-bytes";
import { quoteArgv } from "../../provider/host/quote";

const nonce = "0123456789abcdef";
const shells: readonly (readonly [string, readonly string[]])[] = [
  ["dash", ["dash"]],
  ["bash", ["bash"]],
  ["busybox sh", ["busybox", "sh"]],
];
const isThere = ([, argv]: (typeof shells)[number]): boolean => spawnSync(argv[0] ?? "", [...argv.slice(1), "-c", "exit 0"]).status === 0;
const bytes = fc.uint8Array({ minLength: 0, maxLength: 40 }).map((each) => Buffer.from(each.filter((byte) => byte !== 0)));

describe.each(shells.filter(isThere))("in %s", (_name, [program = "sh", ...options]) => {
  const answer = (text: string, args: readonly string[]): { records: readonly AnswerRecord[]; status: unknown } => {
    // The command string starts `sh`; here the shell under test takes its place.
    const command = commandString({ name: "test", text, args, as: "login" }, nonce, "none").replace(
      "exec sh -c",
      `exec ${quoteArgv([program, ...options])} -c`,
    );
    const records: AnswerRecord[] = [];
    const reader = new AnswerReader(nonce, (record) => records.push(record));
    reader.push(spawnSync(program, [...options, "-c", command]).stdout);
    return { records, status: reader.state };
  };

  test("any bytes come through as arguments and as fields", () => {
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 12 }), (values) => {
        const texts = values.map(textOfBytes);
        expect(answer('emit args "$@"; exit 5', texts)).toEqual({ records: [["args", ...texts]], status: { kind: "ended", status: 5 } });
      }),
      { numRuns: 40 },
    );
  });

  test("every single byte comes through", () => {
    const texts = Array.from({ length: 255 }, (_, index) => textOfBytes(Buffer.from([index + 1])));
    expect(answer('emit args "$@"', texts).records).toEqual([["args", ...texts]]);
    expect(answer('emit args "$@"', [texts.join("")]).records).toEqual([
      ["args", textOfBytes(Buffer.from(Array.from({ length: 255 }, (_, index) => index + 1)))],
    ]);
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
