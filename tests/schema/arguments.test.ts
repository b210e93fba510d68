import { Failures } from "../../provider/schema/failures";
import type { Fields } from "../../provider/schema/field";
import { check } from "../../provider/schema/read";
import { address, connectionArguments, credentialInputs, login, serverArguments, serverInputs } from "../../provider/schema/server";
import { placesOf, replaced } from "./support/samples";

describe("secrets", () => {
  const secrets = placesOf(login);

  test.each(secrets.map((place) => [place.property, place] as const))("a failure of %s repeats no value", (property, { path, kind }) => {
    const marker = kind.is === "number" ? "the-marker" : { inside: "the-marker" };
    const failures = new Failures();
    check(login, replaced({}, path, marker), failures, { at: "server.nodes[0].connection" });
    expect(failures.list.map((failure) => failure.property)).toEqual([`server.nodes[0].connection.${property}`]);
    expect(JSON.stringify(failures.list)).not.toContain("marker");
  });

  test("every argument of a server is either public or among the credentials, as its table says", () => {
    const secretsOf = (fields: Fields): string[] => Object.keys(fields).filter((name) => fields[name]?.secret === true);
    expect(secretsOf(connectionArguments)).toEqual(Object.keys(login));
    expect(secretsOf(address)).toEqual([]);
    const { tsm } = serverArguments;
    expect(tsm.kind.is === "object" ? secretsOf(tsm.kind.fields) : []).toEqual(["password"]);
    expect(credentialInputs.tsmPassword.secret).toBe(true);
    const open = placesOf(serverInputs).map(({ path }) => path.at(-1));
    expect(open.filter((name) => typeof name === "string" && Object.hasOwn(login, name))).toEqual([]);
  });
});
