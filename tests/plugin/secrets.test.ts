import fc from "fast-check";
import { unknownValue } from "../../provider/schema/unknown";
import { unwrap, wrap } from "../../provider/plugin/secrets";

const secret = (value: unknown): unknown => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value });

describe("secrets", () => {
  test("are unwrapped wherever they are, and wrapped again at the same places", () => {
    const wrapped = { source: secret("a.taco"), connectors: [secret({ fileName: "b.taco" })] };
    const { properties, secrets } = unwrap(wrapped);
    expect(properties).toEqual({ source: "a.taco", connectors: [{ fileName: "b.taco" }] });
    expect(wrap(properties, secrets)).toEqual(wrapped);
  });

  test("of a server are its passwords and keys, marked or not, and a host stays readable", () => {
    const connection = { host: "h", user: "u", privateKey: "KEY", proxy: { host: "j", password: "PASS" } };
    const whole = secret({ name: "prod", nodes: [{ name: "node1", connection }], tsm: { username: "admin", password: "TSM" } });
    const { properties, secrets } = unwrap({ server: whole });
    expect(wrap(properties, secrets)).toEqual({
      server: {
        name: "prod",
        nodes: [
          { name: "node1", connection: { ...connection, privateKey: secret("KEY"), proxy: { host: "j", password: secret("PASS") } } },
        ],
        tsm: { username: "admin", password: secret("TSM") },
      },
    });
  });

  test("that are not known yet stay secret", () => {
    const { properties, secrets } = unwrap({
      server: { nodes: secret("6a19a0b0-7e62-4c92-b797-7f8e31da9cc2") },
      source: secret(unknownValue),
    });
    expect(properties).toEqual({ server: { nodes: unknownValue }, source: unknownValue });
    expect(wrap(properties, secrets)).toMatchObject({ source: secret(unknownValue) });
  });

  test("outside of a server come back as they came, whatever they are", () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(fc.string(), fc.nat(), fc.constant(null), fc.array(tie("any")), fc.dictionary(fc.string(), tie("any")), tie("secret")),
      secret: fc.oneof(fc.string(), fc.array(fc.nat())).map(secret),
    })).any;
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value), (wrapped) => {
        fc.pre(!("server" in wrapped || "machine" in wrapped));
        const { properties, secrets } = unwrap(wrapped);
        expect(wrap(properties, secrets)).toEqual(wrapped);
      }),
    );
  });
});
