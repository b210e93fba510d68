import { field, type Fields } from "./field";
import { anyText } from "./kinds";

/** The tables of one resource. */
export interface Resource<A extends Fields, G extends Fields, C extends Fields, O extends Fields> {
  readonly name: string;
  /** What it is, as the first paragraph of its class in `provider/resources` says. */
  readonly says: string;
  /** What a program gives. */
  readonly arguments: A;
  /** The same as `check` is given it, and as it stands in state: split into what may be read in every diff and what is always secret. */
  readonly given: G;
  /** What `check` makes of it: part of the inputs in state, known in preview, and outputs for programs. */
  readonly computed: C;
  /** What an operation adds. */
  readonly outputs: O;
}

/** Checked inputs name the resource that they are of; state of old programs does not. */
const urn = { __urn: field(anyText, { need: "computed", says: "URN of the resource.", default: "", hidden: true }) };

/** The outputs of a resource that programs may read, before any is there: its constructor has to name them. */
export function notYet({
  computed,
  outputs,
}: {
  readonly computed: Fields;
  readonly outputs: Fields;
}): Readonly<Record<string, undefined>> {
  const all = Object.entries({ ...computed, ...outputs });
  return Object.fromEntries(all.filter(([, one]) => one.hidden !== true).map(([name]) => [name, undefined]));
}

/** The tables of a resource, with those of its inputs and of all its properties in state. */
export function resource<A extends Fields, G extends Fields, C extends Fields, O extends Fields>(
  tables: Resource<A, G, C, O>,
): Resource<A, G, C, O> & { readonly inputs: Omit<G, keyof C> & C & typeof urn; readonly state: Omit<G, keyof C> & C & typeof urn & O } {
  const inputs = { ...tables.given, ...tables.computed, ...urn };
  return { ...tables, inputs, state: { ...inputs, ...tables.outputs } };
}
