/** A text that was given as a private key, brought into the form that it certainly had, or what it is instead. */
export type PrivateKeyText =
  { readonly pem: string; readonly label: string; readonly after: string } | { readonly instead: string; readonly next: string };

const wantedForm = 'Give the whole private key file, from "-----BEGIN" to "-----END".';

/**
 * Undoes what happens to keys on their way through environment variables, YAML, secret stores and clipboards: line ends, quotes,
 * indentation, escaped line ends, blanks in place of line ends, Base64 around the whole, dashes that an editor has joined. Nothing is
 * guessed: what is not certain is said. The words never contain anything of the text but the label of a PEM block.
 */
export function privateKeyText(given: string): PrivateKeyText {
  const text = unescaped(unquoted(given.replace(/^\uFEFF/, "").trim()));
  if (text === "") return { instead: "it is empty", next: wantedForm };
  const block = findBlock(text);
  if (block !== undefined) return block;
  const decoded = decodedText(text);
  return (decoded === undefined ? undefined : findBlock(decoded)) ?? instead(text);
}

function unquoted(text: string): string {
  const [quote] = text;
  const quoted = text.length > 1 && (quote === '"' || quote === "'" || quote === "`") && text.endsWith(quote);
  return quoted ? text.slice(1, -1).trim() : text;
}

function unescaped(text: string): string {
  return text.replace(/\\{1,2}r/g, text.includes("-----BEGIN") || text.includes("\\n") ? "" : "$&").replace(/\\{1,2}n/g, "\n");
}

const begin = /[-–—‐]{2,5} ?BEGIN ([A-Z0-9]+(?: [A-Z0-9]+)*) ?[-–—‐]{2,5}/;
const end = /[-–—‐]{2,5} ?END [A-Z0-9 ]{1,40}?[-–—‐]{2,5}/;

function findBlock(text: string): PrivateKeyText | undefined {
  const opening = begin.exec(text);
  const label = opening?.[1];
  if (opening === null || label === undefined) return undefined;
  if (!label.endsWith("PRIVATE KEY")) return otherBlock(label);
  const rest = text.slice(opening.index + opening[0].length);
  const closing = end.exec(rest);
  if (closing === null) return { instead: `it is cut: there is "BEGIN ${label}", but no "END ${label}"`, next: wantedForm };
  const body = bodyOf(rest.slice(0, closing.index));
  return {
    pem: `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`,
    label,
    after: rest.slice(closing.index + closing[0].length),
  };
}

// Whatever stands between them, or nothing: how long the second part of DEK-Info is depends on the cipher.
const headersOfEncryption = /Proc-Type: ?4,ENCRYPTED\s*DEK-Info: ?(AES-\d{3}-CBC,[0-9A-F]{32}|DES[A-Z0-9-]{0,20},[0-9A-F]{16})/i;

/** Headers, an empty line, and Base64 in lines of 64: https://www.rfc-editor.org/rfc/rfc1421#section-4.4 */
function bodyOf(text: string): string {
  const cipher = headersOfEncryption.exec(text)?.[1];
  const headers = cipher === undefined ? "" : `Proc-Type: 4,ENCRYPTED\nDEK-Info: ${cipher}\n\n`;
  const packed = text.replace(headersOfEncryption, "").replace(/\s/g, "");
  return `${headers}${packed.replace(/(.{64})(?=.)/g, "$1\n")}`;
}

function otherBlock(label: string): PrivateKeyText {
  const found = `it is a PEM block with the label "${label}"`;
  if (label.endsWith("PUBLIC KEY")) return publicKey(`${found}, a public key`);
  if (label.includes("CERTIFICATE")) return { instead: `${found}, an X.509 certificate`, next: wantedForm };
  return { instead: found, next: wantedForm };
}

const base64 = /^[A-Za-z0-9+/=\s]+$/;
// What an OpenSSH private key begins with, "openssh-key-v1" and a NUL.
const openSshMagic = Buffer.from("openssh-key-v1\0", "latin1");

function decodedText(text: string): string | undefined {
  if (!base64.test(text)) return undefined;
  const bytes = Buffer.from(text, "base64");
  if (bytes.subarray(0, openSshMagic.length).equals(openSshMagic)) {
    return `-----BEGIN OPENSSH PRIVATE KEY-----\n${text}\n-----END OPENSSH PRIVATE KEY-----`;
  }
  return unescaped(bytes.toString("latin1"));
}

function instead(text: string): PrivateKeyText {
  const putty = /^PuTTY-User-Key-File-(\d): /.exec(text)?.[1];
  if (putty !== undefined) {
    return {
      instead: `it is a PuTTY key (version ${putty})`,
      next: 'Convert it: "puttygen KEY.ppk -O private-openssh -o KEY", or in PuTTYgen: Conversions, Export OpenSSH key.',
    };
  }
  if (/^---- BEGIN SSH2 (?:ENCRYPTED )?PRIVATE KEY ----/.test(text)) {
    return { instead: "it is a private key in the form of SSH.com", next: 'Convert it: "ssh-keygen -i -f KEY".' };
  }
  if (/^(?:ssh-|ecdsa-sha2-|sk-)\S+ AAAA/.test(text) || text.startsWith("---- BEGIN SSH2 PUBLIC KEY")) {
    return publicKey("it is a public key");
  }
  if (/^(?:~|\.{0,2})[\\/]\S*$|^[A-Za-z]:[\\/]\S*$/.test(text)) return { instead: "it is a path", next: "Give a path as privateKeyPath." };
  if (text.includes("\uFFFD") || /[\0-\x08]/.test(text)) {
    return { instead: "it is binary data, such as a PKCS#12 or JKS file", next: wantedForm };
  }
  return { instead: 'nothing in it says "BEGIN … PRIVATE KEY"', next: wantedForm };
}

function publicKey(what: string): PrivateKeyText {
  return {
    instead: what,
    next: 'Give the private key: the file of the same name without ".pub". The public one belongs into authorized_keys on the node.',
  };
}
