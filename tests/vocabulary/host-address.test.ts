import { hostAddress } from "../../provider/vocabulary/host-address";

test.each([
  ["node1", "node1"],
  [" node1.example.com\n", "node1.example.com"],
  ["10.0.0.7", "10.0.0.7"],
  ["::1", "::1"],
  ["[::1]", "::1"],
  ["fe80::1%eth0", "fe80::1%eth0"],
  ["[fe80::1%eth0]", "fe80::1%eth0"],
])("%j is the host %s", (given, host) => {
  expect(hostAddress(given)).toEqual({ host });
});

test.each([
  ["", /got an empty text/],
  ["me@node1", /got one with a user name: "me@node1"; write user: "me" and host: "node1"/],
  ["me@[::1]", /with a user name/],
  ["node1:22", /got one with a port: "node1:22"; write host: "node1" and port: 22/],
  ["[::1]:2222", /write host: "::1" and port: 2222/],
  ["ssh://me@node1:22", /got the address of a page or service/],
  ["https://node1/", /got the address of a page or service/],
  ["node 1", /expected a host name or address, got "node 1"/],
  ["node1,node2", /got "node1,node2"/],
  ["node1/x", /got/],
  ["[node1]x", /got/],
])("%j is none, with the reason", (given, fault) => {
  expect(hostAddress(given)).toEqual({ fault: expect.stringMatching(fault) });
});
