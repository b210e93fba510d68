import { firstReleaseThatVerifies } from "../../plan/placement/releases";
import type { Draft } from "../../schema/field";
import { ifKnown } from "../../schema/read";
import { releaseIn } from "../../schema/rules";
import { nodeInputs, type ServerInputs } from "../../schema/server";
import { isUnknown } from "../../schema/unknown";
import type { Services } from "../services";

/** The Tableau product that is to load a package, as far as the check of the package needs to know it. */
export interface Audience {
  /** Such as "Tableau Server". */
  readonly product: string;
  /** In a sentence: "the server". */
  readonly subject: string;
  /** Release that the program gives; null: none, or not known yet. */
  readonly givenRelease: string | null;
  readonly releaseProperty: string;
  /** The release given, else the one seen at the last contact; null: not known. */
  readonly release: string | null;
  /** First release of this product that verifies signatures. */
  readonly verifiesFrom: string;
  /** Path of the copy of its trust store in the user's cache; null: there is none. */
  readonly trustCopy: string | null;
  /** How it loads an unpacked connector, as a full sentence. */
  readonly unpackedHint: string;
  /** How to have trust judged in preview, and how to renew the copy: each the end of a sentence. */
  readonly trustHints: { readonly first: string; readonly again: string };
}

/** The Tableau Server that `server` describes, which may be unknown or wrong in part. */
export function serverAudience(services: Services, server: Draft<ServerInputs> | undefined): Audience {
  const { version, nodes } = server === undefined || isUnknown(server) ? {} : server;
  const initial = nodes === undefined || isUnknown(nodes) ? null : ifKnown(nodeInputs, nodes[0]);
  const givenRelease = releaseIn(version);
  return {
    product: "Tableau Server",
    subject: "the server",
    givenRelease,
    releaseProperty: "server.version",
    release: givenRelease ?? (version === undefined && initial !== null ? services.trust.release(initial) : null),
    verifiesFrom: firstReleaseThatVerifies,
    trustCopy: initial === null ? null : services.trust.path(initial),
    unpackedHint: 'Before that, give the unpacked folder as source, with placement: "path"',
    trustHints: {
      first: "`pulumi-tableau trust export` fetches the file",
      again: "`pulumi-tableau trust export` fetches it anew",
    },
  };
}
