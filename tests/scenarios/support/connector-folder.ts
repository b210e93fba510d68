import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes a connector under development, `dev_jdbc`, into a folder: with an empty file, and a large one under `name` deep inside. */
export function writeConnectorFolder(folder: string, pluginVersion: string, name: string): void {
  mkdirSync(join(folder, "deep/er"), { recursive: true });
  const information = "<vendor-information><company name='Us'/><support-link url='https://example.com'/></vendor-information>";
  writeFileSync(
    join(folder, "manifest.xml"),
    `<connector-plugin class='dev_jdbc' superclass='jdbc' plugin-version='${pluginVersion}' name='dev' version='18.1'>${information}<dialect file='dialect.tdd'/></connector-plugin>`,
  );
  writeFileSync(join(folder, "dialect.tdd"), "<dialect/>");
  writeFileSync(join(folder, "deep/er", name), "x".repeat(70_000));
  writeFileSync(join(folder, "deep/empty"), "");
}
