import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { soundKeyPair } from "./sound-key-pair";

export interface KeyPair {
  readonly path: string;
  readonly private: string;
  /** As authorized_keys and `hostKey` want it, without a comment. */
  readonly public: string;
}

/** The key pair in the file `name` of a folder; made where there is none yet. */
export function keyPair(folder: string, name: string): KeyPair {
  const path = join(folder, name);
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    const made = soundKeyPair();
    writeFileSync(path, made.private, { mode: 0o600 });
    writeFileSync(`${path}.pub`, `${made.public}\n`);
  }
  return { path, private: readFileSync(path, "utf8"), public: readFileSync(`${path}.pub`, "utf8").trim() };
}
