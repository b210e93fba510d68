import { readTaco } from "../../provider/taco";
import { buildZip } from "./zip-builder";

it.each([
  [
    "entities that grow",
    `<!DOCTYPE a [${Array.from({ length: 9 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`).join("")}]><a>&e9;</a>`,
    /DOCTYPE/,
  ],
  ["elements nested deeply", "<a>".repeat(100_000), /nested deeper|not well-formed/],
  ["too many elements", `<a>${"<b/>".repeat(30_000)}</a>`, /elements are more than/],
  ["too many attributes of one name", `<a ${'b="c" '.repeat(3)}/>`, /not well-formed/],
  ["a comment without end", `<a><!-- ${"-".repeat(100_000)}`, /not well-formed/],
])("refuses a manifest of %s", async (_, xml, message) => {
  await expect(readTaco(buildZip([{ name: "manifest.xml", data: xml }]))).rejects.toMatchObject({
    message: expect.stringMatching(message),
  });
});
