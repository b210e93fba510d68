import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { makeTaco } from "../../../simulator";
import { strangeAuthority } from "../../../simulator/authority/authorities";
import { testEachWay } from "../support";
import { Example, loaded } from "./support";

testEachWay("own-authority: connector and certificate go live with one restart", async (through) => {
  const example = new Example("own-authority");
  try {
    const started = example.start(".simulator", "--nodes", "2");
    for (const folder of ["connectors", "certificates"]) mkdirSync(join(example.project.directory, folder));
    const { certificate } = strangeAuthority().root;
    example.project.write(
      "certificates/authority.pem",
      `-----BEGIN CERTIFICATE-----\n${certificate.toString("base64")}\n-----END CERTIFICATE-----\n`,
    );
    example.project.write("connectors/sales.taco", makeTaco({ class: "sales_jdbc", pluginVersion: "1.0.0", signed: "untrusted" }));
    const stack = example.project.stack("dev", { through, config: { simulator: { value: JSON.stringify(started), secret: true } } });
    await stack.up();
    expect(stack.outputs()).toMatchObject({ notTrusted: {} });
    const state = await example.state(".simulator");
    expect([state.restarts, loaded(state)]).toEqual([1, { node1: ["sales_jdbc 1.0.0"], node2: ["sales_jdbc 1.0.0"] }]);
    await stack.destroy();
    expect(loaded(await example.state(".simulator"))).toEqual({ node1: [], node2: [] });
  } finally {
    await example.remove();
  }
});
