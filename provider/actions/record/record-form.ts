import { type Field, fileName, path, phrase, sha256, word } from "../../host/fields";
import { isAlias } from "../../vocabulary/alias";
import { connectPluginsPathKey, disableVerifyKey, isKeyName, isOwnKey, longestKeyValue } from "../../vocabulary/keys";
import { isWindowsPath } from "../../vocabulary/node-path";
import type { RecordedKey, ServerRecord } from "../../plan/record/record";
import { byName, exactly, flag, type JsonForm, list, number, object, orNull, text } from "./json-form";

// More than any server has. What a record holds altogether is bounded by its length.
const mostFiles = 20_000;
const mostNodes = 1000;
const mostTokens = 1000;
const mostKeys = 1000;
const mostReasons = 100_000;

/** Folders that one file lies in, or is being moved from. */
const mostFolders = 64;

const anyText: Field<string> = { expected: "a text", takes: "one", shows: "length", read: ([one]) => one };

/** A name that this package gives a file: of a package, of a driver, or the folder of an unpacked connector. */
const recordedName: Field<string> = within(
  fileName,
  "the name of a connector or a driver",
  (name) => Buffer.byteLength(name) <= 255 && !name.startsWith(".") && !name.endsWith(".zip"),
);

/** A folder that files of this package may lie in, as a program may name it. */
const folder: Field<string> = within(
  path,
  'an absolute path of a folder, without ".."',
  (value) => !/^(?:\/+|[A-Za-z]:[\\/]*)$/.test(value) && !value.split(isWindowsPath(value) ? /[\\/]/ : "/").includes(".."),
);

/** A file, with its folder before it where it lies in further ones. */
const confirmedName: Field<string> = {
  ...recordedName,
  expected: `${recordedName.expected}, with or without its folder`,
  read: ([name = ""]) => {
    const slash = name.lastIndexOf("/");
    const last = recordedName.read([name.slice(slash + 1)]);
    if (slash < 0 || last === undefined) return last;
    const above = folder.read([name.slice(0, slash)]);
    return above === undefined ? undefined : `${above}/${last}`;
  },
};

/** A name in a trust store, as this package gives it. */
const alias: Field<string> = within(phrase(256), "an alias of a trust store", (value) => isAlias(value));

/** What tsm may be given as the value of a key. */
const keyValue: Field<string> = within(
  { ...anyText, shows: "value" },
  "a value of one line and at most 8192 characters",
  (value) => value.length <= 8192 && !/[\r\n\0]/.test(value),
);

const token: Field<string> = within(anyText, "a token of 1 to 256 letters, digits and signs", (value) =>
  /^[\x21-\x7e]{1,256}$/.test(value),
);

/** RFC 3339. */
const time: Field<string> = within(
  { ...anyText, shows: "value" },
  "a time such as 2026-01-01T00:00:00Z",
  (value) => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/.test(value) && !Number.isNaN(Date.parse(value)),
);

const sentence = text(phrase(65_536));

// As a node's clock tells it, from before 1970 on.
const seconds = number(-1e12, 1e12);

/** The same of a key without an argument of its own: a secret perhaps, which no error shows. */
const otherValue: Field<string> = within(
  anyText,
  "a value of one line",
  (value) => value.length <= longestKeyValue && !/[\r\n\0]/.test(value),
);

const otherKeyName: Field<string> = within(anyText, "the name of a key", (name) => isKeyName(name) && !isOwnKey(name));

const otherKey: JsonForm<RecordedKey> = object(
  { earlier: orNull(text(otherValue)), applied: orNull(text(otherValue)) },
  { between: list(1000, orNull(text(otherValue))), answered: flag },
);

const key: JsonForm<RecordedKey> = object(
  { earlier: orNull(text(keyValue)), applied: orNull(text(keyValue)) },
  { between: list(1000, orNull(text(keyValue))) },
);

/** What record.json may hold. */
export const recordForm: JsonForm<ServerRecord> = object(
  {
    schemaVersion: exactly(1),
    owner: object(
      { stack: text(phrase(4096)), urn: text(phrase(16_384)), token: text(token) },
      { earlierTokens: list(mostTokens, text(token)) },
    ),
    files: byName(
      mostFiles,
      recordedName,
      object(
        {
          directory: text(folder),
          sha256: text(sha256),
          pluginClass: text(phrase(4096)),
          pluginVersion: text(phrase(4096)),
          adopted: flag,
        },
        { directories: list(mostFolders, text(folder)) },
      ),
    ),
    confirmed: byName(
      mostNodes,
      phrase(1024),
      byName(mostFiles, confirmedName, object({ sha256: text(sha256), changedAt: seconds }, { process: orNull(text(phrase(256))) })),
    ),
    // A key that a later version manages is kept, and nothing is done with it.
    keys: object({}, { [connectPluginsPathKey]: key, [disableVerifyKey]: key }),
    answersForcedKeys: orNull(flag),
    triggers: orNull(text(sha256)),
    lastActivation: orNull(object({ at: text(time), why: list(mostReasons, sentence), job: text(word("applyPending", "restart")) }, {})),
  },
  {
    trust: object(
      {
        aliases: byName(mostFiles, alias, list(100, text(sha256))),
        confirmed: byName(mostNodes, phrase(1024), byName(1000, fileName, list(mostFiles, text(sha256)))),
      },
      {},
    ),
    otherKeys: byName(mostKeys, otherKeyName, otherKey),
    run: text(phrase(256)),
    begun: object({ triggers: orNull(text(sha256)) }, {}),
    rolledBack: orNull(
      // Of several lines, and only ever compared.
      object({ fingerprint: text(anyText), at: text(time), why: sentence }, {}),
    ),
  },
);

function within(field: Field<string>, expected: string, holds: (value: string) => boolean): Field<string> {
  return {
    ...field,
    expected,
    read: (texts) => {
      const value = field.read(texts);
      return value !== undefined && holds(value) ? value : undefined;
    },
  };
}
