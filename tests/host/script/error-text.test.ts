import fc from "fast-check";
import { ErrorText } from "../../../provider/host/script/error-text";

const mark = (word: string, nonce = "n1"): string => `\n<<pulumi-tableau ${nonce} ${word}>>\n`;
const read = (pieces: readonly string[]): { readonly text: string; readonly ended: boolean } => {
  const errors = new ErrorText("n1");
  for (const piece of pieces) errors.push(Buffer.from(piece));
  return { text: errors.lastLines(), ended: errors.ended };
};
const cut = (text: string, at: readonly number[]): string[] => {
  const places = [0, ...[...at].map((place) => place % (text.length + 1)).sort((a, b) => a - b), text.length];
  return places.slice(1).map((place, i) => text.slice(places[i], place));
};

test.each<[string, string, string, boolean]>([
  ["without marks is the script's as a whole", "one\ntwo\n", "one\ntwo", false],
  ["before the begin mark is somebody else's", `noise${mark("begin")}own\n`, "own", false],
  ["that begins with the begin mark", `${mark("begin")}own`, "own", false],
  ["that begins with the end mark", `${mark("end 0")}noise`, "", true],
  ["after the end mark is somebody else's", `own${mark("end 0")}noise\n`, "own", true],
  ["of a script before is not taken", `late${mark("end 3", "n0")}${mark("begin")}own${mark("end 3")}`, "own", true],
  ["with marks of others only is not over", `own${mark("end 3", "n2")}`, "own\n<<pulumi-tableau n2 end 3>>", false],
])("standard error %s, in whatever pieces", (_name, output, text, ended) => {
  fc.assert(fc.property(fc.array(fc.nat(), { maxLength: 8 }), (at) => expect(read(cut(output, at))).toEqual({ text, ended })));
});

test("a long one keeps its end, and its end mark is seen", () => {
  const lines = Array.from({ length: 5000 }, (_, i) => `line ${String(i)}`);
  const { text, ended } = read([mark("begin"), `${lines.join("\n")}\n`, mark("end 0")]);
  expect({ ended, last: text.split("\n").at(-1), count: text.split("\n").length }).toEqual({ ended: true, last: "line 4999", count: 20 });
});
