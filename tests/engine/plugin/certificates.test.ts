import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeTaco } from "../../../simulator";
import { strangeAuthority } from "../../../simulator/authority/authorities";
import { readJavaKeystore } from "../../../simulator/authority/trust-store";
import { Stage } from "../support";
import { pluginFolder } from "./support";

/** The component through either door, and the resources one by one: `wanted.json` says which. */
const program = `
  import { readFileSync } from "node:fs";
  import { ComponentResource } from "@pulumi/pulumi";
  import { ConnectorDeployment, TableauConnector, TableauServerPluginsConfig, TableauTrustedCertificate } from "pulumi-tableau";
  const { door, server, ...lists } = JSON.parse(readFileSync(process.cwd() + "/wanted.json", "utf8"));
  const args = { server, ...lists };
  class Remote extends ComponentResource {
    declare running: any;
    constructor() {
      super("tableau:index:ConnectorDeployment", "all", { ...args, running: undefined }, {}, true);
    }
  }
  const one = () => {
    const authority = new TableauTrustedCertificate("authority", { server, ...args.trust.authority });
    const connectors = Object.entries(args.connectors).map(([name, of]: any) => new TableauConnector(name, { server, ...of, trust: [authority] }));
    return new TableauServerPluginsConfig("config", { server, connectors, trust: [authority] });
  };
  const all = door === "plugin" ? new Remote() : door === "dynamic" ? new ConnectorDeployment("all", args) : one();
  export const running = all.running;
`;
const { certificate } = strangeAuthority().root;

describe("certificates, through both doors", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.start(program, { nodes: 3, path: [pluginFolder()] });
  });
  afterAll(() => stage.stop());

  const trusted = (): boolean[] =>
    stage.cluster.nodes.map(({ name }) => {
      const store = readFileSync(stage.cluster.nodePath(name, stage.cluster.paths.trustStore));
      return readJavaKeystore(store, "changeit")?.["corporate ca"]?.equals(certificate) === true;
    });
  const live = ["a_jdbc 1.0.0", "strange_jdbc 1.0.0"];

  test.each(["dynamic", "plugin", "one by one"] as const)(
    "%s: connectors, a certificate and a driver in one restart, and out again",
    async (door) => {
      const pem = join(stage.folder, "authority.pem");
      writeFileSync(pem, `-----BEGIN CERTIFICATE-----\n${certificate.toString("base64")}\n-----END CERTIFICATE-----\n`);
      const jar = join(stage.folder, "a.jar");
      writeFileSync(jar, makeTaco({ class: "driver", pluginVersion: "1", signed: "none" }));
      const server = { ...stage.cluster.server, name: "prod" };
      const a = { source: stage.package("a_jdbc", "1.0.0") };
      const strange = { source: stage.package("strange_jdbc", "1.0.0", { signed: "untrusted" }) };
      const drivers = { jdbc: { source: jar } };
      const trust = { authority: { certificate: pem, alias: "corporate ca" } };
      stage.want({ door, server, connectors: { a, strange }, drivers, trust });
      const before = await stage.restarts();
      // The component on dynamic resources makes the same resources as they are one by one.
      if (door !== "dynamic") await stage.stack.preview();
      await stage.stack.up();
      expect([(await stage.restarts()) - before, await stage.loaded(), trusted()]).toEqual([1, [live, live, live], [true, true, true]]);
      await stage.stack.up({ expectNoChanges: true });
      if (door !== "one by one") {
        stage.want({ door, server, connectors: { a }, drivers });
        await stage.stack.up();
        expect([(await stage.restarts()) - before, trusted()]).toEqual([2, [false, false, false]]);
      }
      await stage.stack.destroy();
      expect([await stage.loaded(), trusted()]).toEqual([
        [[], [], []],
        [false, false, false],
      ]);
    },
  );
});
