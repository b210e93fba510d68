/** Reads what it wants from `wanted.json` in its folder. */
export const program = `
  import { readFileSync } from "node:fs";
  import { ConnectorDeployment } from "pulumi-tableau";
  const { server, connectors, drivers, config } = JSON.parse(readFileSync(process.cwd() + "/wanted.json", "utf8"));
  export const running = new ConnectorDeployment("all", { server, connectors, drivers, ...config }).running;
`;
