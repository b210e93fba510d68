import { constrains, Incomparable, type Relation } from "../../../provider/signature/x509/constrains";
import type { GeneralName } from "../../../provider/signature/x509/general-name";
import { directory, dns, email, ip, oidName, otherName, uri } from "./support/general-names";

const opposite: Readonly<Record<Relation, Relation>> = {
  "other-kind": "other-kind",
  match: "match",
  narrows: "widens",
  widens: "narrows",
  "same-kind": "same-kind",
};

const v6 = "20010db8000000000000000000000001";
const v6Network = "20010db8000000000000000000000000ffffffff000000000000000000000000";

// What the name is to the base; turned round, the relation turns round.
test.each<[string, GeneralName, GeneralName, Relation]>([
  ["the same directory name", directory("c=de", "o=acme"), directory("c=de", "o=acme"), "match"],
  ["one part more", directory("c=de"), directory("c=de", "o=acme"), "narrows"],
  ["the empty name above all", directory(), directory("c=de", "o=acme"), "narrows"],
  ["another first part", directory("c=de"), directory("c=fr", "o=acme"), "same-kind"],
  ["another second part", directory("c=de", "o=acme"), directory("c=de", "o=other"), "same-kind"],
  ["the same parts in another order", directory("c=de", "o=acme"), directory("o=acme", "c=de"), "same-kind"],

  ["the same host in other letters", dns("A.example"), dns("a.Example"), "match"],
  ["a host of the domain", dns("Example.com"), dns("a.eXample.com"), "narrows"],
  ["a host further down", dns("example.com"), dns("a.b.example.com"), "narrows"],
  ["a host that only ends alike", dns("example.com"), dns("badexample.com"), "same-kind"],
  ["another host", dns("example.com"), dns("example.org"), "same-kind"],
  ["another host, behind a dot", dns(".example.com"), dns("a.example.org"), "same-kind"],

  ["the same address in other letters", email("Me@A.example"), email("me@a.Example"), "match"],
  ["an address of the host", email("a.example"), email("me@A.Example"), "narrows"],
  ["an address of a host below", email("a.example"), email("me@b.a.example"), "same-kind"],
  ["an address of a host below a domain", email(".a.example"), email("me@b.a.example"), "narrows"],
  ["a host below a domain", email(".a.example"), email("b.a.example"), "narrows"],
  ["a domain below a host", email("a.example"), email(".a.example"), "same-kind"],
  ["an address that ends with another", email("me@a.example"), email("not-me@a.example"), "same-kind"],
  ["an address behind a dot that ends with another", email(".me@a.example"), email("x.me@a.example"), "same-kind"],
  ["an address of a host that ends alike", email("a.example"), email("me@ba.example"), "same-kind"],
  ["an address elsewhere", email("a.example"), email("me@b.example"), "same-kind"],

  ["URIs of the same host", uri("A.example"), uri("a.Example"), "match"],
  ["URIs of the same address", uri("10.0.0.1", false), uri("10.0.0.1", false), "match"],
  ["URIs of the same address in other letters", uri("[fe80::A]", false), uri("[FE80::a]", false), "match"],
  ["a URI of a host below a host", uri("example.com"), uri("a.example.com"), "same-kind"],
  ["a URI of a host in the domain", uri(".example.com"), uri("a.Example.com"), "narrows"],
  ["a URI of the host that the domain is named after", uri(".example.com"), uri("example.com"), "widens"],
  ["a domain in a domain", uri(".example.com"), uri(".a.example.com"), "narrows"],
  ["two domains that end alike", uri(".example.com"), uri(".badexample.com"), "same-kind"],
  ["a URI of a host above a domain", uri("example.com"), uri(".a.example.com"), "narrows"],
  ["a URI of an address in a domain that ends alike", uri(".0.1"), uri("10.0.0.1", false), "same-kind"],
  ["a URI elsewhere", uri(".example.com"), uri("a.example.org"), "same-kind"],

  ["the same address", ip("0a000001"), ip("0a000001"), "match"],
  ["another address", ip("0a000001"), ip("0a000002"), "same-kind"],
  ["the same address of IPv6", ip(v6), ip(v6), "match"],
  ["another address of IPv6", ip(v6), ip(v6.replace(/1$/, "2")), "same-kind"],
  ["an address in the network", ip("0a000000ff000000"), ip("0a000001"), "narrows"],
  ["an address outside of it", ip("0a000000ff000000"), ip("0b000001"), "same-kind"],
  ["an address that differs within the mask", ip("0a000000ffff0000"), ip("0a010001"), "same-kind"],
  ["an address of IPv6 in the network", ip(v6Network), ip(v6), "narrows"],
  ["an address of IPv6 outside of it", ip(v6Network), ip(v6.replace("db8", "db9")), "same-kind"],
  ["the same network", ip("0a000000ff000000"), ip("0a000000ff000000"), "match"],
  ["the same network of IPv6", ip(v6Network), ip(v6Network), "match"],
  ["the same network, with bits outside the mask", ip("0a000000ff000000"), ip("0a000001ff000000"), "match"],
  ["a network in it", ip("0a000000ff000000"), ip("0a010000ffff0000"), "narrows"],
  ["a network of another mask outside of it", ip("0a000000ff000000"), ip("0b010000ffff0000"), "same-kind"],
  ["a network of the same mask outside of it", ip("0a000000ff000000"), ip("0b000000ff000000"), "same-kind"],
  ["two masks of which none holds the other", ip("0a000000ff00ff00"), ip("0a000000ffff0000"), "same-kind"],
  ["two networks with bits outside their masks", ip("0a000001ff000000"), ip("0b000001fe000000"), "match"],
  ["a network, and one that holds no address", ip("0a000000ff000000"), ip("0b000001fe000000"), "narrows"],

  ["the same object identifier", oidName("1.2.3"), oidName("1.2.3"), "match"],
])("%s", (_name, base, name, relation) => {
  expect(constrains(base, name)).toBe(relation);
  expect(constrains(name, base)).toBe(opposite[relation]);
});

const kinds = [directory("a"), dns("a"), email("a"), uri("a"), ip("0a000001"), oidName("a"), otherName];

test.each(kinds.map((name) => [name.kind, name] as const))(
  "what is a name of the kind %s has nothing to do with other kinds",
  (kind, name) => {
    const others = kinds.filter((other) => other.kind !== kind);
    expect(others).toHaveLength(6);
    expect(others.map((other) => constrains(name, other))).toEqual(others.map(() => "other-kind"));
  },
);

test.each<[string, GeneralName, GeneralName]>([
  ["two names of a kind of its own", otherName, otherName],
  ["two object identifiers", oidName("1.2.3"), oidName("1.2.4")],
  ["an empty host", dns(""), dns("a.example")],
  ["a host behind a dot", dns(".example.com"), dns("a.example.com")],
  ["a host of that domain behind two dots", uri("..example.com"), uri("a.example.com")],
  ["a URI without a host", uri(undefined), uri("a.example")],
  ["two URIs without a host", uri(undefined), uri(undefined)],
  ["addresses of two families", ip("0a000001"), ip(v6)],
  ["networks of two families", ip("0a000000ff000000"), ip(v6Network)],
  ["an address and a network of two families", ip("0a000001"), ip(v6Network)],
  ["a network and an address of which the network is half as long", ip("0a000000ff000000"), ip(v6)],
])("nobody can say what %s are to each other", (_name, base, name) => {
  expect(() => constrains(base, name)).toThrow(Incomparable);
  expect(() => constrains(name, base)).toThrow(Incomparable);
});
