import type { Stage } from "../../support";

/** What a language has to do: start one operation of the engine with a program of its own that reads `wanted.json`. */
export type Operate = (request: OperationOfLanguage) => Promise<OutcomeOfLanguage>;

export interface OperationOfLanguage {
  readonly operation: "up" | "preview" | "destroy";
  readonly expectNoChanges?: true;
}

export interface OutcomeOfLanguage {
  /** The engine's own: 0 done, 1 failed, 7 changes where none were expected. */
  readonly exitCode: number;
  readonly output: string;
}

interface Scene extends OperationOfLanguage {
  readonly what: string;
  /** Connectors by their names, as class and version; default: as in the scene before. */
  readonly connectors?: Readonly<Record<string, readonly [string, string]>>;
  readonly restarts: number;
  readonly loaded: readonly string[];
  readonly says?: RegExp;
}

const first = ["a_jdbc 1.0.0", "b_jdbc 1.0.0"];
const second = ["a_jdbc 1.1.0", "c_jdbc 1.0.0"];

/**
 * The life of a server, the same for programs of every language. That drift is seen by a plain preview and repaired by a plain up is in what
 * the README of each language's example has typed (examples/languages.test.ts).
 */
export const scenes: readonly Scene[] = [
  {
    what: "a preview touches nothing",
    operation: "preview",
    connectors: { a: ["a_jdbc", "1.0.0"], b: ["b_jdbc", "1.0.0"] },
    restarts: 0,
    loaded: [],
    says: /restarts prod once and disconnects its users/,
  },
  { what: "two connectors", operation: "up", restarts: 1, loaded: first },
  {
    what: "one dropped, one added, one changed",
    operation: "up",
    connectors: { a: ["a_jdbc", "1.1.0"], c: ["c_jdbc", "1.0.0"] },
    restarts: 1,
    loaded: second,
  },
  { what: "again: no change is left", operation: "up", expectNoChanges: true, restarts: 0, loaded: second },
  { what: "destroy", operation: "destroy", restarts: 1, loaded: [] },
];

/** Plays one scene with a language, and gives what came of it and what should. */
export async function play(stage: Stage, operate: Operate, scene: Scene): Promise<{ readonly found: object; readonly expected: object }> {
  if (scene.connectors !== undefined) {
    const packages = Object.entries(scene.connectors).map(([name, of]) => [name, { source: stage.package(...of) }]);
    stage.want({ server: { ...stage.cluster.server, name: "prod" }, connectors: Object.fromEntries(packages) as object });
  }
  const before = await stage.restarts();
  const { exitCode, output } = await operate(scene);
  const { restarts, loaded, says = /(?:)/ } = scene;
  const keys = stage.cluster.server.nodes.flatMap(({ connection }) => connection?.privateKey.split("\n")[1] ?? []);
  return {
    found: {
      exitCode,
      restarts: (await stage.restarts()) - before,
      loaded: await stage.loaded(),
      says: says.test(output) ? String(says) : output,
      secrets: keys.filter((key) => output.includes(key) || JSON.stringify(stage.stack.resources()).includes(key)),
    },
    expected: { exitCode: 0, restarts, loaded: [loaded, loaded], says: String(says), secrets: [] },
  };
}
