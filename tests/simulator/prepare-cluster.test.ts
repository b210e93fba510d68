import { rmSync } from "node:fs";
import type { ClusterOptions } from "../../simulator";
import type { Isolation } from "../../simulator/nodes/control";
import { prepareCluster } from "../../simulator/prepare-cluster";
import { hasSshd, temporaryFolder } from "./support";

describe("prepareCluster", () => {
  const directory = temporaryFolder();
  afterAll(() => rmSync(directory, { recursive: true }));
  const prepare = (isolation: Isolation, options: Partial<ClusterOptions>): ReturnType<typeof prepareCluster> =>
    prepareCluster({ directory, ...options }, isolation);

  test.each([
    { isolation: "root", options: {}, transport: hasSshd ? "openssh" : "builtin", nodes: 3, runAs: "tableau" },
    { isolation: "root", options: { transport: "builtin", nodes: 5 }, transport: "builtin", nodes: 5, runAs: "tableau" },
    { isolation: "user", options: {}, transport: "builtin", nodes: 3, runAs: "root" },
    { isolation: "none", options: {}, transport: "local", nodes: 1, runAs: expect.any(String) as string },
  ] as const)("isolation $isolation, $options", ({ isolation, options, transport, nodes, runAs }) => {
    const saved = prepare(isolation, options);
    expect(saved).toMatchObject({ transport, login: "root", version: "2024.2", build: "20242.24.0807.0327" });
    expect(saved.nodes).toHaveLength(nodes);
    expect(saved.server.applied["service.runas.username"]).toEqual(runAs);
  });

  test.each([
    { isolation: "none", options: { transport: "builtin" }, text: "no mount namespaces" },
    { isolation: "none", options: { nodes: 3 }, text: "one node only" },
    { isolation: "root", options: { transport: "local", nodes: 2 }, text: "one node only" },
    { isolation: "user", options: { transport: "openssh" }, text: 'Take the transport "builtin"' },
    { isolation: "user", options: { login: "sudo" }, text: 'Take the login "root"' },
    { isolation: "user", options: { login: "tsmadmin" }, text: 'Take the login "root"' },
  ] as const)("isolation $isolation refuses $options", ({ isolation, options, text }) => {
    expect(() => prepare(isolation, options)).toThrow(text);
  });
});
