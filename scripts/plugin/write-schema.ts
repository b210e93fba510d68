/** Writes plugin/schema.json. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pluginSchema } from "./schema";

writeFileSync(join(__dirname, "../../plugin/schema.json"), `${JSON.stringify(pluginSchema(), null, 2)}\n`);
