import { Asn1Error } from "../../../provider/signature/asn1/asn1-error";
import { readUri, readUriConstraint } from "../../../provider/signature/x509/uri-name";

test.each<[string, string | undefined, boolean]>([
  ["http://example.com", "example.com", true],
  ["HTTP+a.b-1://Example.com/a?b#c", "Example.com", true],
  ["http://me:secret@example.com:8080/", "example.com", true],
  ["http://me%20you@example.com", "example.com", true],
  ["http://example.com:", "example.com", true],
  ["http://example.com?a=b", "example.com", true],
  ["http://10.0.0.1:80/", "10.0.0.1", false],
  ["http://[::1]:80/", "[::1]", false],
  ["http://a1.b-2.c3/", "a1.b-2.c3", true],
  ["http://a", "a", true],
  ["file:///etc/passwd", undefined, false],
  ["http://?a", undefined, false],
  ["urn:a:b", undefined, false],
  ["mailto:me@example.com", undefined, false],
  ["x:a%20b#c%20d", undefined, false],
])("%s has the host %s", (value, host, named) => {
  expect(readUri(value)).toEqual({ value, host, named });
});

test.each([
  ["", "no scheme"],
  ["example.com", "no scheme"],
  [":a", "no scheme"],
  ["//example.com", "no scheme"],
  ["1http://a", "a scheme that begins with a digit"],
  ["ht tp://a", "a blank in its scheme"],
  ["ht_tp:a", "a sign in its scheme"],
  ["http:", "nothing behind the scheme"],
  ["http:#a", "a fragment alone"],
  ["http://a#b#c", "two fragments"],
  ["http://a/b c", "a blank"],
  ["http://a/%2", "half an escape"],
  ["http://a/%zz", "no escape"],
  ["http://a/b#c d", "a blank in its fragment"],
  ["http://", "no authority"],
  ["urn:a[b", "brackets where it has no host"],
  ["urn:a]b", "brackets where it has no host"],
  ["http://a/[b", "brackets in its path"],
  ["http://a/b]", "brackets in its path"],
  ["http://[::1", "an open bracket"],
  ["http://[::1%25eth0]/", "a zone"],
  ["http://[10.0.0.1]/", "an address of IPv4 in brackets"],
  ["http://::1/", "an address of IPv6 without brackets"],
  ["http://a:123456/", "a port that is too long"],
  ["http://a:b/", "a port that is no number"],
  ["http://a@b@c/", "two users"],
  ["http://10.0.0.256/", "a host whose last label is a number"],
  ["http://a.1b/", "a host whose last label begins with a digit"],
  ["http://a..b/", "an empty label"],
  ["http://a_b/", "a sign in its host"],
  ["http://me@/", "a user alone"],
])("%j is refused: %s", (text) => {
  expect(() => readUri(text)).toThrow(Asn1Error);
});

test.each(["example.com", ".example.com", "a", "1", "10.0.0.1"])("%s may stand in a constraint", (value) => {
  expect(readUriConstraint(value)).toEqual({ value, host: value, named: true });
});

test.each(["", ".", "..a", "a.", "http://a", "a:80", "*.a", "a/b"])("%j may not", (text) => {
  expect(() => readUriConstraint(text)).toThrow(Asn1Error);
});
