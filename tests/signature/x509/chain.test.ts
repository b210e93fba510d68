import { parseCertificate } from "../../../provider/signature/x509/certificate";
import { buildChain } from "../../../provider/signature/x509/chain";
import { issue, name } from "../../../scripts/signature/build/certificates";

/** A certificate by its subject and its issuer: "A<B". */
const made = (text: string) => {
  const [subject = "", issuer = ""] = text.split("<");
  return parseCertificate(issue({ subject: `CN=${subject}`, rawIssuer: name(`CN=${issuer}`), keyName: "chain", ca: "ca" }).der);
};

test.each<[string, string, readonly string[], readonly string[]]>([
  ["one that is its own issuer", "R<R", ["R<R"], []],
  ["no issuer in the block", "A<B", [], []],
  ["only others in the block", "A<B", ["C<D"], []],
  ["an issuer", "A<B", ["A<B", "B<R"], ["B<R"]],
  ["a chain in its order", "A<B", ["A<B", "B<C", "C<R", "R<R"], ["B<C", "C<R", "R<R"]],
  ["a chain in another order", "A<B", ["R<R", "C<R", "B<C", "A<B"], ["B<C", "C<R", "R<R"]],
  ["a chain that ends at a root, whatever else is there", "A<R", ["R<R", "R<X", "X<X"], ["R<R"]],
  ["two of a name: the first is taken", "A<B", ["B<X", "B<C", "C<C"], ["B<X"]],
  ["what was taken is not taken again", "A<B", ["B<A", "A<B"], ["B<A", "A<B"]],
  ["what was taken is not taken again, whatever is left", "A<B", ["B<A", "A<B", "X<Y"], ["B<A", "A<B"]],
  ["a circle of two, one of them twice", "A<B", ["A<B", "B<A", "B<A"], ["B<A", "A<B", "B<A"]],
  ["what stood at the front is not lost", "A<B", ["C<R", "B<C", "R<R"], ["B<C", "C<R", "R<R"]],
  ["somebody in between is missing", "A<B", ["C<R", "R<R"], []],
])("%s", (_name, signer, block, expected) => {
  const certificates = block.map(made);
  const frozen = Object.freeze([...certificates]);
  const [first, ...chain] = buildChain(made(signer), frozen);
  const short = (text: string): string => text.replace("CN=", "");
  expect(short(first?.subject.text ?? "")).toBe(signer.split("<")[0]);
  expect(chain.map((each) => `${short(each.subject.text)}<${short(each.issuer.text)}`)).toEqual(expected);
});
