import { createHash } from "node:crypto";
import { PassThrough } from "node:stream";
import { braced, comments, type Language, quoted } from "../../../provider/cli/adopt/language";
import { toStackState } from "../../../provider/cli/fleet/stack-state";
import { describeSeen } from "../../../provider/cli/fleet/words";
import { readPlace } from "../../../provider/machine/place";
import { shellFolder } from "../../../provider/machine/files/windows/folders";
import { toSeenTrust } from "../../../provider/actions/observe-trust";
import { toFetchedTrust } from "../../../provider/actions/trust";
import { observeNode } from "../../../provider/actions/observe";
import { unsafeFolder } from "../../../provider/actions/unsafe-folder";
import { isNestedDeeper } from "../../../provider/actions/record/json-form";
import { parseRecord } from "../../../provider/actions/record/parse-record";
import { TableauError } from "../../../provider/vocabulary/error";
import { AnswerReader } from "../../../provider/host/script/answer";
import type { AnswerLine } from "../../../provider/host/host";
import { ErrorText } from "../../../provider/host/script/error-text";
import { knownKeys, knownNames } from "../../../provider/host/keys/known-hosts";
import { answerPrompts } from "../../../provider/host/ssh/login-prompts";
import { privilegeRefusal } from "../../../provider/host/script/privilege-refusal";
import { noCounts } from "../../../provider/host/counts";
import { waits } from "../../../provider/host/limits";
import { markStart } from "../../../provider/host/script/prelude";
import { hasMoreLines } from "../../../provider/host/fields";
import { readAnswerLine, answerLineText } from "../../../provider/host/script/answer-line";
import { shellRefusal } from "../../../provider/host/script/shell-refusal";
import type { ProcessEnd } from "../../../provider/host/script/running-process";
import { listProcesses } from "../../../provider/host/windows/list-processes";
import { WindowsMachine } from "../../../provider/host/windows/machine";
import { wordFor } from "../../../provider/machine/plan/launcher-text";
import { choosePlace } from "../../../provider/plan/adopt/choose-place";
import { toLifecycle } from "../../../provider/lifecycle/server/written-shape";
import { serverOfId } from "../../../provider/plugin/import";
import { config } from "../../../provider/schema/config";
import { connector } from "../../../provider/schema/connector";
import { desktopConnector } from "../../../provider/schema/desktop-connector";
import { desktopLauncher } from "../../../provider/schema/desktop-launcher";
import { driver } from "../../../provider/schema/driver";
import { Failures } from "../../../provider/schema/failures";
import { check } from "../../../provider/schema/read";
import { readCertificateFile, readStoreEntries } from "../../../provider/signature";
import { decodeTime } from "../../../provider/signature/asn1/time";
import { endOfLine } from "../../../provider/signature/jar/end-of-line";
import { isNameHeader } from "../../../provider/signature/jar/section-name";
import { unfold } from "../../../provider/signature/jar/unfold";
import { readTaco } from "../../../provider/taco";
import { collectAnswers } from "../../../provider/tsm/collect-answers";
import { getKey, listJobs, listPending, version } from "../../../provider/tsm/command";
import { finder } from "../../../provider/tsm/find-all";
import { otherKeysIn } from "../../../provider/tsm/other-keys";
import { parseKey, parseOtherKey } from "../../../provider/tsm/parse-key";
import { parsePendingConfig } from "../../../provider/tsm/parse-pending-config";
import { judgePendingLine, remover } from "../../../provider/tsm/pending-line";
import { answeringHost } from "../../host/support/answering-host";
import { fullRecord } from "../../actions/record/full-record";
import { answerOf } from "../../tsm/support/answer";

type Parse = (text: string) => unknown;

const bytes = (text: string): Buffer => Buffer.from(text, "latin1");
const mark = markStart("nonce");
const language: Language = {
  comment: "//",
  field: (name) => name,
  text: (value) => quoted(value, (code) => `\\u{${code.toString(16)}}`),
  boolean: String,
  secret: (key) => key,
};
const marked = (text: string): Buffer =>
  bytes(`${mark}begin>>\n${mark}${String(text.length + 3)}>>\tk\t${text}\n${text}\n${mark}end 0>>\n`);

/** Parsers that need more than a text, by file and name. A name that is no function's stands for a further way to call one. */
export const customParsers: Readonly<Partial<Record<string, Parse>>> = {
  "machine/place.ts readPlace": (text) =>
    readPlace("node1", {
      ...{ system: [{ name: "Linux" }], folder: [{ path: text }], note: [{ text }], running: [] },
      ...{ unsafe: [], failed: [], mismatch: [], changed: [] },
    }),
  "actions/observe-trust/index.ts toSeenTrust": (text) =>
    toSeenTrust(
      "node1",
      {
        ...{ absent: [], leftover: [{ directory: text }], end: [] },
        store: [{ repository: text, use: "runs", path: text, sha256: createHash("sha256").update(text).digest("hex"), stat: null }],
        content: [{ sha256: createHash("sha256").update(text).digest("hex"), content: Buffer.from(text) }],
      },
      new Map(),
      (content) => readStoreEntries(content, "changeit"),
    ),
  "signature/trust/read-certificate-file.ts readCertificateFile": (text) => readCertificateFile(bytes(text), 0),
  "signature/trust/read-trust-store.ts readStoreEntries": (text) => readStoreEntries(bytes(text), "changeit"),
  "actions/trust/index.ts toFetchedTrust": (text) =>
    toFetchedTrust("node1", "a".repeat(64), { absent: [], digest: [{ digest: "a".repeat(64), path: text }], file: [] }),
  "actions/observe/read-observation.ts readObservation": (text) => observeNode(answeringHost(recordsWith(text)), question),
  "actions/unsafe-folder.ts unsafeFolder": (text) => unsafeFolder("node1", { path: text, folder: text, owner: text, mode: text }),
  "machine/files/windows/folders.ts shellFolder": (text) => shellFolder(machineThatPrints(text), "Personal"),
  "actions/record/json-form.ts isNestedDeeper": (text) => isNestedDeeper(text, 32),
  "actions/record/parse-record.ts parseRecord of each part": (text) =>
    Object.keys(fullRecord).map((name) => {
      const part = (value: unknown): string => JSON.stringify({ ...fullRecord, [name]: value });
      const texts = [part(text), part({ [text]: text }), part({ [text]: { [text]: text } }), part({ ...fullRecord.owner, stack: text })];
      return texts.map((one) => {
        try {
          return parseRecord("node1", "/s/record.json", one);
        } catch (error) {
          if (error instanceof TableauError) return error.code;
          throw error;
        }
      });
    }),
  "host/script/answer.ts AnswerReader": (text) => {
    const reader = new AnswerReader("nonce", () => undefined);
    for (const piece of piecesOf(marked(text))) reader.push(piece);
  },
  "host/script/error-text.ts ErrorText": (text) => {
    const reader = new ErrorText("nonce");
    for (const piece of piecesOf(bytes(text))) reader.push(piece);
    return reader.lastLines();
  },
  "host/keys/known-hosts.ts knownKeys": (text) => [
    knownKeys([{ path: "known_hosts", text }], "node1.example.com"),
    knownKeys([{ path: "known_hosts", text: `node1.example.com ${text}` }], "node1.example.com"),
  ],
  "host/keys/known-hosts.ts knownNames": (text) => knownNames(text, 2222),
  "host/ssh/login-prompts.ts answerPrompts": (text) =>
    answerPrompts("secret", () => undefined)(text, text, "", [{ prompt: text, echo: false }], () => undefined),
  "host/script/privilege-refusal.ts privilegeRefusal": (text) => privilegeRefusal(text, { node: "node1", user: "deploy" }),
  "host/fields.ts hasMoreLines": (text) => hasMoreLines(text, 100),
  "host/script/answer-line.ts answerLineText": (text) => answerLineText(bytes(`\t${text}`), 10, 1024),
  "host/script/answer-line.ts readAnswerLine": (text) => readAnswerLine(answerLineText(bytes(`\t${text}`), 10, 1024)),
  "host/script/shell-refusal.ts shellRefusal": (text) => shellRefusal(text, { node: "node1", user: "deploy", shown: text }),
  "host/windows/list-processes.ts listProcesses": (text) =>
    listProcesses((line) => machineThatPrints(`clock 1\n${text}`).run(line), ["tabprotosrv.exe"]),
  "cli/adopt/language.ts quoted": (text) => language.text(text),
  "cli/adopt/language.ts comments": (text) => comments([text], language, ""),
  "cli/adopt/language.ts braced": (text) =>
    braced({ kind: "map", notes: [text], entries: [{ name: text, value: { kind: "scalar", value: text } }] }, language, ""),
  "cli/fleet/stack-state.ts toStackState": (text) => {
    const type = "tableau:index:TableauServerPluginsConfig";
    const outputs = { server: text, live: { [text]: text }, running: { [text]: { version: text } } };
    const resource = { urn: `urn:pulumi:dev::p::${type}::${text}`, type, inputs: { [text]: text, server: { name: text } }, outputs };
    return toStackState(text, { deployment: { manifest: { time: text }, resources: [resource], pending_operations: [{ resource }] } });
  },
  "cli/fleet/words.ts describeSeen": (text) => describeSeen({ by: "nodes", at: text }, text),
  "plan/adopt/choose-place.ts choosePlace": (text) => choosePlace(text, { release: "2024.2", pluginsPath: text, nodes: [] }),
  "machine/plan/launcher-text.ts wordFor": (text) => [wordFor("windows", text), wordFor("linux", text)],
  "lifecycle/server/written-shape.ts toLifecycle": (text) => toLifecycle({ server: text, machine: text, [text]: text }, text),
  "plugin/import.ts serverOfId": (text) => serverOfId({ lifecycle: "connector", later: [] }, text),
  "schema/read.ts readFields": (text) => {
    const failures = new Failures();
    for (const { arguments: table } of [config, connector, driver, desktopConnector, desktopLauncher]) {
      check(table, Object.fromEntries([...Object.keys(table), text].map((name) => [name, text])), failures);
    }
    return failures.list;
  },
  "signature/asn1/time.ts decodeTime": (text) => decodeTime(text, "generalized"),
  "signature/jar/end-of-line.ts endOfLine": (text) => endOfLine(bytes(text), 0, text.length),
  "signature/jar/section-name.ts isNameHeader": (text) => isNameHeader(bytes(text), 0, text.length),
  "signature/jar/unfold.ts unfold": (text) => unfold(bytes(text), 0, text.length),
  "taco/read-taco.ts readTaco": (text) => readTaco(bytes(text)),
  "tsm/collect-answers.ts collectAnswers": (text) => {
    const calls = [version(), listJobs()];
    const printed = calls.map((_, index) => ({ call: String(index), text }));
    const lines = {
      ...{ missing: [], unauthorised: [], unwritten: [], "printf-external": [], busy: [], program: [{ path: text }], settings: [{ text }] },
      ...{ stdout: printed, stderr: printed, line: printed, exit: printed.map(({ call }) => ({ call, status: 0 })) },
    };
    return collectAnswers(lines, { node: "node1", calls, prompted: "yes" });
  },
  "tsm/find-all.ts finder": (text) => finder(text.slice(text.length / 2))(text),
  "tsm/parse-key.ts parseKey": (text) => parseKey(answerOf(getKey("native_api.connect_plugins_path"), { stdout: text, stderr: text })),
  "tsm/parse-key.ts parseKey of a flag": (text) =>
    parseKey(answerOf(getKey("native_api.disable_verify_connector_plugin_signature"), { stdout: text })),
  "tsm/other-keys.ts otherKeysIn": (text) =>
    otherKeysIn(new Map([["oauth.config.clients", [text.slice(0, text.length / 2), text]]]), (token) => token === "x")(text),
  "tsm/parse-key.ts parseOtherKey": (text) =>
    parseOtherKey(answerOf(getKey("oauth.config.clients"), { stdout: text, stderr: text }), [text]),
  "tsm/parse-pending-config.ts parsePendingConfig": (text) =>
    parsePendingConfig(answerOf(listPending("config"), { stdout: text, stderr: text }), [`/${text.slice(0, text.length / 2)}`]),
  "tsm/pending-line.ts judgePendingLine": (text) => judgePendingLine(text, remover([`/${text}`])),
};

/**
 * Functions that are given text which cannot be made of a text alone, and do not take it apart: what they make or look up is of this
 * package, or they hand it to one that is tried by itself.
 */
export const notParsers: ReadonlySet<string> = new Set([
  "cli/server/from-stack.ts fromStack",
  // Numbers and words of this package, and what plan/upgrade has judged.
  ...["cli/fleet/words.ts count", "lifecycle/upgrade/rows.ts driverRows", "lifecycle/upgrade/rows.ts trustRow"],
  "plan/upgrade/reason.ts reasonOf",
  // What node and server say has been read before; names of tables are of this package, and readFields is tried.
  ...["plugin/import.ts importable", "schema/field.ts under", "schema/kinds.ts form", "schema/kinds.ts object", "schema/read.ts readOne"],
  ...["actions/record/json-form.ts flag", "plan/record/recorded-file.ts recordedFile"],
  ...["plan/record/recorded-trust.ts ownDigests", "plan/record/recorded-trust.ts confirmedTrust"],
  ...["machine/files/windows/folders.ts givenFolder", "machine/plan/launcher-text.ts launcherText"],
  // readPublicKey and knownKeys are tried.
  ...[
    "host/keys/certificate.ts readCertificate",
    "host/keys/certificate.ts hostCertificateFault",
    "host/keys/host-key-check.ts hostKeyCheck",
  ],
  ...["host/keys/key-signature.ts verifySignature", "host/ssh/keys-method.ts keysMethod", "host/ssh/ssh2-internals.ts offers"],
  ...["host/script/command-string.ts commandString", "host/script/prelude.ts wrapScript", "host/script/kept/shell-program.ts nextProgram"],
  ...["lifecycle/config/apply.ts reportTo", "lifecycle/delivery/wanted-delivery.ts wantedDelivery"],
  ...["plan/describe/describe-by-hand.ts describeByHand", "plan/describe/describe-step.ts describeStep"],
  // Names of keys, and values that sameValue compares, which is tried.
  ...["plan/compare/compare-keys.ts wantedKey", "plan/compare/compare-keys.ts isOurLeftover", "plan/compare/effective-key.ts effectiveKey"],
  ...["plan/record/keys-of-record.ts recordedKey", "plan/record/keys-of-record.ts isAnswered", "plan/seen.ts keySeen"],
  ...["plan/record/recorded-key.ts isOurValue", "plan/record/recorded-key.ts isUncertain"],
  ...["plan/placement/load-order.ts loadRank", "plan/placement/load-order.ts isRead", "plan/placement/placement.ts isLiveDirectory"],
  ...["plan/placement/shared-folder.ts sharesFolder", "plan/placement/who-wins.ts whoWins", "plan/record/record-after.ts recordBefore"],
  // Bytes that are hashed or compared.
  ...["signature/cms/signature-form.ts signatureFits", "signature/cms/verify-signer.ts verifySigner", "signature/crypto/digest.ts digest"],
  ...["signature/crypto/verify-signature.ts verifySignature", "signature/trust/pkcs12-crypto.ts decrypt"],
  ...["signature/findings.ts finding", "signature/verify/verify-block.ts verifyBlock", "signature/verify/signer.ts disabledAlias"],
  ...["signature/verify/tableau.ts tableauFindings", "signature/verify/tableau.ts tableauReport"],
  // Headers of fixed length, and fields that splitExtra parts; readTaco is tried.
  ...["taco/zip/data-descriptor.ts checkTrailer", "taco/zip/extra-fields.ts checkExtraFields"],
  ...["taco/zip/inflate.ts inflate", "taco/zip/inflate.ts inflateAtOnce"],
  ...["taco/zip/local-header.ts parseLocalHeader", "taco/zip/local-header.ts compareHeaders"],
  ...["tsm/answer-error.ts answerUnreadable", "tsm/join-running-jobs.ts jobTimeout"],
]);

const question = { stateDirectory: "/var/opt/pulumi-tableau", digests: [], directories: ["/opt/tableau/connectors"], timeoutSeconds: 1 };

/** A look at a folder of as many files as there are words, each with an access list. */
function recordsWith(text: string): AnswerLine[] {
  const [directory = ""] = question.directories;
  const names = text.split(" ").map((word, i) => `${String(i)}${word}.taco`);
  const of = (key: string, ...rest: string[]): AnswerLine[] => names.map((name) => [key, directory, ...rest.map((one) => one || name)]);
  return [
    ["clock", "1", text],
    ["login", "root"],
    ["runas", "tableau", text],
    ["directory", directory, "0755 root root"],
    ...of("name", ""),
    ...of("stat", "0644 root root 1 1"),
    ...of("digest", "a".repeat(64)),
    ...of("access", "", "no"),
    ["record", text],
    ["restart-required", "1", text],
    ["end"],
  ];
}

/** In the pieces in which a stream gives them. */
function piecesOf(whole: Buffer): readonly Buffer[] {
  return Array.from({ length: Math.ceil(whole.length / 1024) }, (_, index) => whole.subarray(index * 1024, (index + 1) * 1024));
}

function machineThatPrints(text: string): WindowsMachine {
  return new WindowsMachine({
    node: "node1",
    files: undefined as never,
    environment: { variables: new Map(), ansiCodePage: undefined },
    counts: noCounts(),
    signal: new AbortController().signal,
    waits,
    start: () => {
      const [stdout, stderr] = [new PassThrough(), new PassThrough()];
      for (const piece of piecesOf(bytes(`pt-begin\r\n${text}`))) stdout.write(piece);
      const ended = new Promise<ProcessEnd>((resolve) => stdout.on("end", () => resolve({ kind: "exited", status: 0 })));
      stdout.end();
      stderr.end();
      return Promise.resolve({ stdout, stderr, stdin: new PassThrough(), ended, stop: () => undefined });
    },
  });
}
