// A user's program of dynamic resources that do nothing, previewed in a process of its own, which prints how many seconds that
// took: from its start, without what only prepares the stack.
//
//   node preview-of-nothing.cjs FOLDER COUNT PROPERTIES    the properties as JSON; the engine's settings are in the environment
const { performance } = require("node:perf_hooks");
const { dynamic } = require("@pulumi/pulumi");
const { LocalWorkspace } = require("@pulumi/pulumi/automation");

const [folder, count, properties] = process.argv.slice(2);
const doesNothing = {
  check: (olds, news) => Promise.resolve({ inputs: news }),
  create: () => Promise.resolve({ id: "nothing" }),
};
class Nothing extends dynamic.Resource {
  constructor(name) {
    super(doesNothing, name, JSON.parse(properties));
  }
}
const program = async () => {
  for (let index = 0; index < Number(count); index += 1) new Nothing(`nothing${index}`);
};

async function main() {
  const begun = performance.now();
  const stack = await LocalWorkspace.createOrSelectStack({ stackName: "bench", projectName: "bench", program }, { workDir: folder });
  const prepared = performance.now() - begun;
  await stack.preview();
  // Counted from the start of the process.
  console.log((performance.now() - prepared) / 1000);
}

void main();
