import { Incomparable } from "../../../provider/signature/x509/constrains";
import type { GeneralName } from "../../../provider/signature/x509/general-name";
import { intersect, reduce, union } from "../../../provider/signature/x509/subtrees";
import { directory, dns, email, ip } from "./support/general-names";

type List = readonly GeneralName[];

const [com, a, b, ab] = [dns("x.com"), dns("a.x.com"), dns("b.x.com"), dns("b.a.x.com")];
const org = dns("x.org");
const mail = email("x.com");
const [de, acme, other, fr] = [directory("c=de"), directory("c=de", "o=acme"), directory("c=de", "o=other"), directory("c=fr")];
const everything = directory();

test.each<[string, List, List, List]>([
  ["nothing and nothing", [], [], []],
  ["one list alone", [a, b], [], [a, b]],
  ["what has nothing to do with each other", [a, mail], [b, org], [a, mail, b, org]],
  ["the same in both", [a, b], [b, a], [b, a]],
  ["a base above another behind it", [com], [a], [com]],
  ["a base above another before it", [a], [com], [com]],
  ["a base above several, and one beside", [com, a, b, ab], [org], [com, org]],
  ["several below one that comes last", [a, b, org], [com], [org, com]],
  ["a chain from below", [ab, a], [com], [com]],
])("together, without what others cover: %s", (_name, one, two, expected) => {
  expect(union(one, two)).toEqual(expected);
});

test.each<[string, List, List, List, List]>([
  ["nothing was asked before", [], [a, com, b], [com], []],
  ["nothing is asked now", [a], [], [a], []],
  ["the same", [com], [com], [com], []],
  ["the same as the first, beside the second", [a], [a, b], [a], []],
  ["below the first, beside the second", [ab], [a, b], [ab], []],
  ["beside all, and another one that has something in common with one of them", [fr, de], [acme, directory("c=it")], [acme], []],
  ["the second is narrower", [com], [a], [a], []],
  ["the first is narrower", [a], [com], [a], []],
  ["several narrower ones: the first that decides", [com], [a, b], [a], []],
  ["each has a narrower one in the other", [com, org], [dns("a.x.org"), a], [a, dns("a.x.org")], []],
  ["another kind is asked besides", [com], [mail], [com, mail], []],
  ["another kind, and one that is narrower", [com], [mail, a], [a, mail], []],
  ["of two only one is in the other", [a, org], [com], [a], []],
  ["nothing in common of directory names", [acme], [other], [], [everything]],
  ["nothing in common of directory names, and another kind behind", [acme], [other, mail], [], [everything]],
  // The other one's is excluded as well, so that it permits nothing.
  ["nothing in common of directory names beside what is", [acme, com], [other, com], [com, other], [everything]],
  ["two that have nothing in common with a third", [acme, other], [fr], [], [everything, everything]],
  ["a first that is beside, and a second that is above", [fr, de], [acme], [acme], []],
  ["beside one, below the next", [acme], [other, de], [acme], []],
  ["the lists are made minimal first", [a, com], [b, com], [com], []],
])("what two lists permit: %s", (_name, one, two, permitted, excluded) => {
  expect(intersect(one, two)).toEqual({ permitted, excluded });
});

test.each<[string, List, List]>([
  ["hosts", [a], [b]],
  ["hosts, beside a kind in which there is something in common", [a, mail], [b, mail]],
  ["addresses", [ip("0a000001")], [ip("0a000002")]],
])("nothing in common cannot be said of %s", (_name, one, two) => {
  expect(() => intersect(one, two)).toThrow(Incomparable);
});

test.each<[string, List, List, List]>([
  ["nothing is excluded", [a, com], [], [a, com]],
  ["the same is excluded", [a, mail], [a], [mail]],
  ["more is excluded", [a, org], [com], [org]],
  ["less is excluded", [com, org], [a], [com, org]],
  ["something beside it is excluded", [a], [b, mail], [a]],
])("what is left where %s", (_name, permitted, excluded, expected) => {
  expect(reduce(permitted, excluded)).toEqual(expected);
});

test("no list that was given is changed", () => {
  const [one, two] = [Object.freeze([ab, com]), Object.freeze([a, mail])];
  union(one, two);
  expect(intersect(one, two).permitted).toEqual([a, mail]);
});
