import { isHostName, isIpv4, isPlainIpv6 } from "../../../provider/signature/x509/host-name";

const label = "x".repeat(63);
const longest = `${label}.${label}.${label}.${"x".repeat(61)}`;

test.each<[string, boolean]>([
  ["a", true],
  ["A-b.9", true],
  [label, true],
  [longest, true],
  [`${label}x`, false],
  [`${longest}x`, false],
  ["", false],
  [".", false],
  ["a.", false],
  [".a", false],
  ["a..b", false],
  ["-a", false],
  ["a-", false],
  ["a.-b", false],
  ["a_b", false],
  ["a b", false],
  ["ä", false],
  ["*", false],
])("%j as the name of a host: %s", (text, expected) => {
  expect(isHostName(text)).toBe(expected);
});

test.each<[string, "4" | "6" | "none"]>([
  ["10.0.0.1", "4"],
  ["10.0.0", "none"],
  ["::1", "6"],
  ["fe80::1%eth0", "none"],
  ["a", "none"],
])("%s as an address: %s", (text, expected) => {
  expect([isIpv4(text), isPlainIpv6(text)]).toEqual([expected === "4", expected === "6"]);
});
