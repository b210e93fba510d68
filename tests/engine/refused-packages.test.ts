import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { makeTaco, simulatedTrustStore, tamper, type TacoOptions } from "../../simulator";
import { Project, type Stack } from "./support";

const program = `
  import { TableauConnector } from "pulumi-tableau";
  const port = Number(process.env["REFUSING_PORT"]);
  const node = { name: "node1", connection: { host: "127.0.0.1", port, user: "deploy", password: "secret" } };
  export const sha256 = new TableauConnector("refused", {
    server: { name: "prod", version: "2025.1", nodes: [node] },
    source: process.cwd() + "/refused.taco",
    trustStore: process.cwd() + "/cacerts",
  }).sha256;
`;

const plain: TacoOptions = { class: "refused_jdbc", pluginVersion: "1.0.0" };

/** What Tableau Server 2025.1 would refuse at sign-in, after the restart, and the words of the preview. */
const refused: readonly (readonly [name: string, bytes: () => Buffer, words: RegExp])[] = [
  ["unsigned", () => makeTaco({ ...plain, signed: "none" }), /is not signed\. Sign the package with jarsigner/],
  ["tampered", () => tamper(makeTaco(plain)), /is not the file that was signed\. It was changed after signing/],
  [
    "untrusted",
    () => makeTaco({ ...plain, signed: "untrusted" }),
    /Sign the package with a certificate of a public authority, or import its root/,
  ],
  ["expired", () => makeTaco({ ...plain, signed: "expired" }), /Sign the package again with a current certificate, and with a timestamp/],
  ["not timestamped", () => makeTaco({ ...plain, signed: "untimestamped" }), /Sign the package again with a timestamp/],
  [
    "root embedded",
    () => makeTaco({ ...plain, signed: "root-embedded" }),
    /Sign the package again with the signer's and the intermediate certificates only/,
  ],
];

describe("packages that Tableau would refuse", () => {
  let connections = 0;
  let host: Server;
  let project: Project;
  let stack: Stack;

  beforeAll(async () => {
    host = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => host.listen(0, "127.0.0.1", resolve));
    const address = host.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    project = new Project({ program });
    writeFileSync(`${project.directory}/cacerts`, simulatedTrustStore());
    stack = project.stack("dev", { environment: { REFUSING_PORT: String(port) } });
  });

  afterAll(async () => {
    project.remove();
    await new Promise((resolve) => host.close(resolve));
  });

  test.each(refused)("%s: refused in preview, and no host was touched", async (_name, bytes, words) => {
    writeFileSync(`${project.directory}/refused.taco`, bytes());
    const { output } = await stack.preview({ exitCode: 1 });
    expect(output).toMatch(words);
    expect(output).toContain("property source");
    expect(connections).toBe(0);
  });

  test("a good one is accepted, and still no host was touched", async () => {
    writeFileSync(`${project.directory}/refused.taco`, makeTaco(plain));
    const { output } = await stack.preview();
    expect(output).toContain("refused.taco 1.0.0 (");
    expect(output).not.toContain("is not judged");
    expect(connections).toBe(0);
  });
});
