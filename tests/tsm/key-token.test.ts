import { isKeyLike, isOurKey, isPrintableKey, tokensOf } from "../../provider/tsm/key-token";

test.each([
  ["a b\tc", ["a", "b", "c"]],
  ["  a   b  ", ["a", "b"]],
  ["\"a\"'b'`c`´d´‘e’“f”«g»", ["a", "b", "c", "d", "e", "f", "g"]],
  ["a,b;c:d|e!f?g", ["a", "b", "c", "d", "e", "f", "g"]],
  ["{a}[b](c)<d>e=f→g│h┃i║j", ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]],
  ["- a", ["a"]],
  ["--a-- **b** ++c++ ••d ..e.. ##f ––g–– ——h——", ["a", "b", "c", "d", "e", "f", "g", "h"]],
  ["a-b.c_d", ["a-b.c_d"]],
  ["/opt/x D\\x", ["/opt/x", "D\\x"]],
  ["", []],
])("the words of %j", (text, tokens) => {
  expect(tokensOf(text)).toEqual(tokens);
});

test.each([
  ["native_api.connect_plugins_path", true],
  ["native_api.disable_verify_connector_plugin_signature", true],
  ["native_api.other", false],
])("%s is ours: %s", (token, expected) => {
  expect(isOurKey(token)).toBe(expected);
});

test.each([
  ["a.b", true],
  ["Gateway.time-out.x_1", true],
  ["_a.1", true],
  ["a1.2b", true],
  ["a", false],
  ["1a.b", false],
  ["-a.b", false],
  ["a.", false],
  ["a..b", false],
  ["a.b.", false],
  ["a.b/c", false],
  [".a.b", false],
])("%s looks like a key: %s", (token, expected) => {
  expect(isKeyLike(token)).toBe(expected);
});

const long = (length: number): string => `gateway.${"x".repeat(length - "gateway.".length)}`;

test.each([
  ["gateway.timeout", true],
  ["Gateway.Timeout", true],
  ["worker0.port", true],
  ["worker12.port_x-y1", true],
  ["worker123.port", false],
  ["worker.x12", true],
  ["worker.x123", false],
  ["worker.x1y", false],
  ["worker.1", false],
  ["acme.timeout", false],
  ["x1worker.port", false],
  ["worker1x.port", false],
  ["gateway", false],
  ["gateway.", false],
  ["gateway..x", false],
  ["1gateway.x", false],
  ["x/gateway.x", false],
  ["gateway.x/y", false],
  ["gateway.a.b.c.d.e.f.g.h", true],
  ["gateway.a.b.c.d.e.f.g.h.i", false],
  ["load_balance.x", true],
  ["_gateway.x", false],
  [long(100), true],
  [long(101), false],
])("%s may be printed: %s", (token, expected) => {
  expect(isPrintableKey(token)).toBe(expected);
});
