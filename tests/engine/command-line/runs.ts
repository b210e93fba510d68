import type { RunAs } from "../support";
import type { User } from "./user";

/** One call of the packed command line. `{name}` stands for what an earlier run has printed. */
export interface Run extends RunAs {
  readonly call: string;
  /** Default 0. */
  readonly status?: number;
  /** What standard output, or what standard error has to contain; one of the two. */
  readonly out?: RegExp;
  readonly err?: RegExp;
  /** Standard output is one JSON text. */
  readonly json?: (value: never) => unknown;
  /** Keep standard output in this file of the project's folder. */
  readonly into?: string;
  /** What happens before. */
  readonly before?: (user: User) => unknown;
}

const start = "simulate start --transport builtin --job-milliseconds 5";

/** Every command with every option, in the order in which somebody needs them, and the ways in which they fail. */
export const runs: readonly Run[] = [
  { call: "--version", out: /^\d+\.\d+\.\d+\n$/ },
  { call: "", out: /^usage: pulumi-tableau COMMAND/ },
  { call: "deploy", status: 2, err: /There is no command "deploy"/ },

  // A server to work on.
  {
    call: `${start} --dir tableau --name tableau --nodes 2 --version 2024.2 --login root --switch promptWording=short`,
    into: "tableau.json",
    out: /"server"/,
  },
  { call: `${start} --dir second --name second --nodes 1 --platform linux --stopped`, into: "second.json", out: /"second"/ },
  { call: `${start} --dir tableau`, status: 1, err: /A cluster runs in .* already/ },
  { call: "simulate start --nodes 0 --dir x", status: 2, err: /--nodes is "0", but must be/ },
  { call: "simulate start --dir x --switch what=ever", status: 2, err: /There is no switch "what"/ },
  { call: "simulate start --dir x --colour", status: 2, err: /--colour/ },
  { call: "simulate start --dir x --print yaml", status: 2, err: /--print is "yaml", but must be one of all, servers/ },
  {
    call: `${start} --dir third --name third --nodes 1 --stopped --print servers`,
    json: (servers: Readonly<Record<string, { nodes: object[] }>>) => [servers["third"]?.nodes.length, 1],
  },
  { call: "simulate stop --dir third", out: /^$/ },
  { call: "simulate state --dir tableau", json: ({ status }: { status: string }) => [status, "RUNNING"] },
  { call: "simulate state --dir second", json: ({ status }: { status: string }) => [status, "STOPPED"] },
  { call: "simulate state --dir nowhere", status: 1, err: /nowhere/ },
  { call: "simulate package --class a_jdbc --plugin-version 1.0.0 --output a_jdbc.taco", out: /^a_jdbc\.taco\n$/ },
  {
    call: "simulate package --class b_jdbc --plugin-version 2.0.0 --min-version-tableau 2021.4 --output b_jdbc.taco",
    out: /^b_jdbc\.taco\n$/,
  },
  { call: "simulate package --class a_jdbc --plugin-version 1.0.0 --output a.zip", status: 2, err: /must end in \.taco/ },

  // Packages by themselves.
  { call: "inspect a_jdbc.taco b_jdbc.taco", out: /a_jdbc[\s\S]*2021\.4 or later/ },
  { call: "inspect b_jdbc.taco --json", json: ({ pluginVersion }: { pluginVersion: string }) => [pluginVersion, "2.0.0"] },
  { call: "inspect missing.taco", status: 2, err: /missing\.taco cannot be opened/ },
  { call: "inspect", status: 2, err: /No file was named/ },

  // Before the stack has anything.
  { call: "doctor --stack dev", status: 2, err: /pulumi stack export.* failed: .*no stack named 'dev'/ },
  { call: "doctor", status: 2, err: /Name the server: --stack NAME, or --server-file FILE/ },
  { call: "doctor --server-file tableau.json", out: /ok +node1 +Reached[\s\S]*Tableau Server 2024\.2/ },

  {
    call: "doctor --server-file tableau.json --upgrade-to 2025.1",
    out: /^tableau: Tableau Server 2024\.2, to be upgraded to 2025\.1\.[\s\S]*Nothing would stop working\.\n$/,
  },
  { call: "doctor --server-file tableau.json --upgrade-to 2024.1", status: 2, err: /takes a later release/ },
  { call: "doctor --server-file tableau.json --upgrade-to soon", status: 2, err: /expected a release such as/ },

  // On a real stack with two servers.
  {
    before: (user) => user.up(["a_jdbc.taco"]),
    call: "doctor --stack dev",
    status: 2,
    err: /2 servers \((tableau, second|second, tableau)\)\. Pass one of them with --name/,
  },
  { call: "doctor --stack dev --name tableau", out: /ok +node2 +Reached[\s\S]*ok +tsm +The cluster consists of node1, node2\./ },
  {
    call: "doctor --stack dev --name second --json",
    json: (symptoms: { text: string }[]) => [symptoms.some(({ text }) => text.includes("is STOPPED")), true],
  },
  { call: "doctor --stack dev --name third", status: 2, err: /no server "third"\. It has: (tableau, second|second, tableau)\./ },
  { call: "doctor --stack prod --name tableau", status: 2, err: /no stack named 'prod'/ },
  { call: "doctor --stack dev --name tableau", folder: "/", status: 2, err: /pulumi stack export.* failed: / },
  { call: "doctor --stack dev --name tableau", environment: { PULUMI_CONFIG_PASSPHRASE: "wrong" }, status: 2, err: /incorrect passphrase/ },
  { call: "history --stack dev --name tableau", out: /is owned by [\s\S]*a_jdbc\.taco +a_jdbc 1\.0\.0 +live on node1, node2\n/ },
  { call: "history --stack dev --name second --json", json: ({ packages }: { packages: unknown[] }) => [packages.length, 1] },
  { call: "history --server-file -", input: "{file:tableau.json}", out: /a_jdbc 1\.0\.0/ },
  { call: "history --server-file missing.json", status: 2, err: /missing\.json cannot be read as JSON/ },
  { call: "history --server-file wanted.json", status: 2, err: /Invalid server description:\n {2}server\.name/ },

  // Trust, and with it the signature of packages.
  { call: "trust export --stack dev --name tableau --output cacerts", out: /^cacerts: .*cacerts of node1/ },
  { call: "trust export --server-file tableau.json --output cacerts", out: /^cacerts: / },
  {
    call: "trust export --server-file tableau.json --output missing/cacerts",
    status: 2,
    err: /^missing\/cacerts cannot be written: .*folder/,
  },
  { call: "trust import --server-file tableau.json --output cacerts", status: 2, err: /usage: pulumi-tableau trust export/ },
  {
    call: "verify a_jdbc.taco b_jdbc.taco --cacerts cacerts --tableau-version 2025.1",
    out: /a_jdbc\.taco: accepted[\s\S]*b_jdbc\.taco: accepted/,
  },
  { call: "verify a_jdbc.taco --cacerts cacerts --at 2026-06-01 --json", json: ({ accepted }: { accepted: boolean }) => [accepted, true] },
  {
    before: (user) => user.project.write("password.txt", "changeit\n"),
    call: "verify a_jdbc.taco --trust-store cacerts --cacerts cacerts --store-password-file password.txt",
    out: /accepted/,
  },
  { call: "verify a_jdbc.taco --cacerts cacerts --at 2001-01-01", status: 1, out: /a_jdbc\.taco: refused/ },
  { call: "verify missing.taco", status: 2, err: /missing\.taco cannot be opened/ },
  { call: "verify missing.taco --json", status: 2, out: /file-unreadable/ },
  { call: "verify a_jdbc.taco", status: 1, out: /a_jdbc\.taco: refused/, err: /Node\.js/ },
  { call: "verify a_jdbc.taco --cacerts missing", status: 2, err: /missing/ },

  {
    call: "doctor --stack dev --name tableau --upgrade-to 2025.1",
    out: /note +cacerts[\s\S]*ok +\S+a_jdbc\.taco +a_jdbc 1\.0\.0 +every node/,
  },
  {
    call: "doctor --stack dev --name tableau --upgrade-to 2025.1 --trust-store cacerts --json",
    json: ({ rows }: { rows: { state: string }[] }) => [rows.map(({ state }) => state), ["keeps"]],
  },
  { call: "doctor --stack dev --name tableau --upgrade-to 2025.1 --trust-store missing", status: 2, err: /missing/ },

  // A program from what is there.
  {
    call: "adopt --server-file tableau.json --out adopted --language typescript",
    out: /a_jdbc\.taco {2}a_jdbc 1\.0\.0[\s\S]*\ncd adopted && npm install && pulumi stack init tableau && node -p .* && pulumi preview\n$/,
  },
  { call: "adopt --server-file tableau.json --out adopted", status: 2, err: /adopted holds files already/ },
  { call: "adopt --server-file tableau.json --out other --language cobol", status: 2, err: /must be one of typescript, python, yaml/ },
  { call: "adopt --server-file - --out other", status: 2, err: /takes a file here/ },
  { call: "adopt --out other", status: 2, err: /Name the server and the folder/ },

  // What was replaced comes back.
  {
    before: async (user: User): Promise<void> => {
      await user.run("simulate package --class a_jdbc --plugin-version 1.1.0 --output a_jdbc.taco".split(" "));
      await user.up(["a_jdbc.taco"]);
    },
    call: "history --stack dev --name tableau --json",
    into: "history.json",
    out: /"1\.1\.0"/,
  },
  { call: "restore {old} --stack dev --name tableau --output old.taco", out: /^old\.taco: a_jdbc\.taco, sha256/ },
  { call: "inspect old.taco --json", json: ({ pluginVersion }: { pluginVersion: string }) => [pluginVersion, "1.0.0"] },
  {
    call: "restore {old} --stack dev --name tableau --output missing/old.taco",
    status: 2,
    err: /^missing\/old\.taco cannot be written: .*folder/,
  },
  { call: "restore {old} --stack dev --name tableau", out: /Nothing was changed\. Run it again with --yes/ },
  { call: "restore {old} --stack dev --name tableau --as other.taco", out: /other\.taco[\s\S]*Nothing was changed/ },
  { call: "restore {old} --server-file tableau.json --yes", out: /restart/ },
  { call: "restore {old} --server-file tableau.json --yes", out: /a_jdbc\.taco is live on every node already\./ },
  { call: "simulate state --dir tableau", out: /"pluginVersion": "1\.0\.0"/ },
  { call: "restore ffff --stack dev --name tableau", status: 2, err: /No package of the store begins with ffff/ },
  { call: "restore --stack dev --name tableau", status: 2, err: /Name one package by its digest/ },

  // A set that was rolled back.
  { call: "retry --stack dev --name tableau", out: /No set was rolled back on tableau/ },
  {
    call: "simulate fault --dir tableau restart-fails once",
    json: (faults: Record<string, unknown>) => [Object.keys(faults), ["restart-fails"]],
  },
  { before: (user) => user.up(["a_jdbc.taco", "b_jdbc.taco"], 1), call: "history --stack dev --name tableau", out: /Rolled back at / },
  { call: "retry --stack dev --name tableau", out: /may be tried again: run `pulumi up`/ },
  { before: (user) => user.up(["a_jdbc.taco", "b_jdbc.taco"]), call: "retry --server-file tableau.json", out: /No set was rolled back/ },

  // The whole fleet, as Pulumi saw it last and as the nodes say; without the passphrase as long as nobody asks them.
  {
    call: "fleet",
    environment: { PULUMI_CONFIG_PASSPHRASE: "" },
    out: /^2 servers in 1 stack, as Pulumi saw them last: nothing needs a person\.\n[\s\S]*\na_jdbc +1\.1\.0 [0-9a-f]{8} +1\.1\.0 [0-9a-f]{8}\nb_jdbc +(2\.0\.0 [0-9a-f]{8} +-|- +2\.0\.0 [0-9a-f]{8})\n/,
  },
  {
    call: "fleet --all --json",
    json: ({ places, rows }: { places: { name: string; release: string }[]; rows: { name: string }[] }) => [
      [places.map(({ name, release }) => `${name} ${release}`).sort(), rows.map(({ name }) => name)],
      [
        ["second 2024.2", "tableau 2024.2"],
        ["a_jdbc", "b_jdbc"],
      ],
    ],
  },
  {
    call: "fleet --stack dev --look --fail-on drift,version,expiry",
    out: /^2 servers in 1 stack, as the nodes say now: nothing needs a person\./,
  },
  { call: "fleet --stack dev --html fleet.html", out: /^2 servers/, err: /fleet\.html was written/ },
  {
    before: (user) => user.tamper("tableau", "node2", "a_jdbc.taco"),
    call: "fleet --stack dev --fail-on drift",
    out: /nothing needs a person/,
  },
  {
    call: "fleet --stack dev --look",
    out: /\ndrift +tableau: a_jdbc\.taco on node2 has digest [0-9a-f]{8}, expected [0-9a-f]{8} \(1\.1\.0\)\./,
  },
  { call: "fleet --stack dev --look --fail-on version,expiry", out: /drift/ },
  { call: "fleet --stack dev --look --fail-on drift", status: 1, out: /drift/ },
  {
    call: "fleet --stack dev --look",
    environment: { PULUMI_CONFIG_PASSPHRASE: "wrong" },
    out: /nothing needs a person[\s\S]*could not be looked at[^\n]*incorrect passphrase/,
  },
  { call: "fleet --stack dev --look --fail-on drift", environment: { PULUMI_CONFIG_PASSPHRASE: "wrong" }, status: 1, out: /not known/ },
  { before: (user) => user.repair(), call: "fleet --stack dev --look --fail-on drift", out: /nothing needs a person/ },
  { call: "fleet --stack dev --stack nowhere", status: 1, out: /not known +nowhere: It could not be read\. .*no stack named 'nowhere'/ },
  { call: "fleet --all --stack dev", status: 2, err: /Pass --all or --stack, not both/ },
  { call: "fleet --html fleet.html --json", status: 2, err: /Pass --html or --json, not both/ },
  { call: "fleet --fail-on weather", status: 2, err: /--fail-on weather is no kind, expected some of ownership, drift/ },
  { call: "fleet --html missing/fleet.html", status: 2, err: /^missing\/fleet\.html cannot be written: .*folder/ },
  { call: "fleet", folder: "/", status: 2, err: /`pulumi stack ls` failed: .*Pulumi\.yaml/s },
  { call: "fleet", environment: { PATH: "{node}" }, status: 2, err: /`pulumi` cannot be started/ },

  // Something is wrong.
  { call: "simulate fault --dir tableau unreachable-node node2", out: /unreachable-node/ },
  {
    call: "doctor --stack dev --name tableau",
    status: 1,
    out: /STOPS +node2 .*cannot be reached: .* \(2 attempts\)[\s\S]*ok +tsm/,
  },
  { call: "history --stack dev --name tableau", status: 1, err: /^\[node2\] .*cannot be reached.*\(host-unreachable\)\n$/s },
  { call: "simulate fault --dir tableau --clear", json: (faults: object) => [faults, {}] },
  { call: "simulate fault --dir tableau what-ever", status: 2, err: /There is no fault "what-ever"/ },
  { call: "doctor --stack dev --name tableau", environment: { PATH: "{node}" }, status: 2, err: /`pulumi` cannot be started/ },
  { call: "simulate upgrade --dir second 2025.1 --beside", json: ({ version }: { version: string }) => [version, "2025.1"] },
  { call: "simulate state --dir second", json: ({ version }: { version: string }) => [version, "2024.2"] },
  { call: "simulate upgrade --dir second 2025.1", out: /"trustStore"/ },
  { call: "simulate upgrade --dir second 2025.1", status: 1, err: /not later than/ },
  { call: "simulate upgrade --dir second", status: 2, err: /Give the release/ },
  { call: "simulate stop --dir second", out: /^$/ },
  {
    call: "doctor --stack dev --name second",
    status: 1,
    out: /STOPS +node1 .*\(2 attempts\)[\s\S]*STOPS +tsm +Not asked: it runs on node1/,
  },
  { call: "simulate stop --dir tableau", out: /^$/ },
  { call: "simulate stop --dir tableau", status: 1, err: /tableau/ },
];
