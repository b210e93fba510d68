import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DynamicProvider, lane, ResourceInitFailed, secret, unknown } from "./support";

const provider = `
  const { createRequire } = require("node:module");
  const grpc = createRequire(require.resolve("@pulumi/pulumi"))("@grpc/grpc-js");
  const { EngineClient } = require("@pulumi/pulumi/proto/engine_grpc_pb");
  const { LogRequest, LogSeverity } = require("@pulumi/pulumi/proto/engine_pb");
  const tell = (message) => new Promise((resolve) => {
    const client = new EngineClient(process.argv.at(-1), grpc.credentials.createInsecure());
    client.log(new LogRequest().setSeverity(LogSeverity.WARNING).setMessage(message).setUrn("urn:x").setEphemeral(true), () => resolve());
  });
  exports.thing = {
    configure: async (request) => { exports.config = request.config.get("tableau:path"); },
    check: async (olds, news) => ({
      inputs: { ...news, seen: JSON.stringify(olds) },
      failures: news.bad === undefined ? [] : [{ property: "bad.nested[0]", reason: "is bad" }],
    }),
    diff: async (id, olds, news) => (olds.due ? { changes: true } : { replaces: [] }),
    create: async (news) => {
      await tell("creating");
      console.log("[here] creating");
      if (news.fails) throw Object.assign(new Error("half done"), { id: "x", properties: { ...news, part: 1 }, reasons: ["half done", "why"] });
      return { id: "x", outs: { ...news, config: exports.config } };
    },
    read: async (id, props) => (props.gone ? {} : { id, props, inputs: { text: "seen" } }),
    update: async (id, olds, news) => ({ outs: { ...news, before: olds.text } }),
    delete: async (id) => { throw new Error("still there: " + id); },
  };
`;

describe("the real dynamic-provider server", () => {
  let directory: string;
  let server: DynamicProvider;

  beforeAll(async () => {
    mkdirSync(join(lane, ".work"), { recursive: true });
    directory = mkdtempSync(join(lane, ".work", "contract-"));
    writeFileSync(join(directory, "provider.cjs"), provider);
    const providerText = `exports.handler = () => require("module").createRequire(process.cwd() + "/_.js")("./provider.cjs").thing;`;
    server = await DynamicProvider.start({ providerText, directory });
    await server.configure({ "tableau:path": "/opt" });
  });

  afterAll(async () => {
    expect(await server.stop()).toEqual({ code: null, signal: "SIGINT" });
    rmSync(directory, { recursive: true });
  });

  test("check gives inputs, unknown ones too, and every failure with its path", async () => {
    const answer = await server.check({ text: unknown, bad: 1 });
    expect(answer).toEqual({
      inputs: { text: unknown, bad: 1, seen: "{}" },
      failures: [{ property: "bad.nested[0]", reason: "is bad" }],
    });
  });

  test.each([
    [{ text: "a" }, undefined],
    [{ text: "a", due: true }, true],
  ])("diff of %j: changes %s", async (olds, changes) => {
    expect(await server.diff("x", olds, { text: "b" })).toEqual({ changes, replaces: [] });
  });

  test("create, with the config, its log line and what it printed", async () => {
    const { id, properties } = await server.create({ text: "a", key: secret("s") });
    expect({ id, properties }).toEqual({ id: "x", properties: { text: "a", key: secret("s"), config: "/opt" } });
    expect(server.log).toEqual([{ severity: "warning", message: "creating", urn: "urn:x", ephemeral: true }]);
    expect(server.printed).toContain("[here] creating");
  });

  test("a create that failed half way carries its state", async () => {
    const error = await server.create({ text: "a", fails: true }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ResourceInitFailed);
    expect(error).toMatchObject({ message: "half done", id: "x", properties: { part: 1, text: "a" }, reasons: ["half done", "why"] });
  });

  test("read gives what it saw as inputs, and nothing when gone", async () => {
    expect(await server.read("x", { text: "a" })).toEqual({ id: "x", properties: { text: "a" }, inputs: { text: "seen" } });
    expect(await server.read("x", { gone: true })).toMatchObject({ id: "" });
  });

  test("update gets the old outputs", async () => {
    expect(await server.update("x", { text: "a" }, { text: "b" })).toEqual({ text: "b", before: "a" });
  });

  test("a plain error keeps its message", async () => {
    await expect(server.delete("x", { text: "a" })).rejects.toThrow("still there: x");
  });
});
