import { field } from "../../provider/schema/field";
import { any, text } from "../../provider/schema/kinds";
import { notYet, resource } from "../../provider/schema/resource";

test("a resource has in state what it is given, what is made of it, its name and what an operation adds", () => {
  const [given, made, later] = [
    field(text, { says: "A." }),
    field(text, { says: "B.", need: "computed" }),
    field(text, { says: "C.", need: "output" }),
  ];
  const hidden = field(any, { says: "D.", need: "output", hidden: true });
  const tables = {
    name: "A",
    says: "A.",
    arguments: {},
    given: { a: given, b: given },
    computed: { b: made },
    outputs: { c: later, d: hidden },
  };
  const { inputs, state } = resource(tables);
  expect(inputs).toMatchObject({ a: given, b: made, __urn: { need: "computed", default: "", hidden: true } });
  expect(Object.keys(inputs)).toEqual(["a", "b", "__urn"]);
  expect(Object.keys(state)).toEqual(["a", "b", "__urn", "c", "d"]);
  expect(notYet(tables)).toStrictEqual({ b: undefined, c: undefined });
});
