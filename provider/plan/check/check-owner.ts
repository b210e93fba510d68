import type { DesiredServer } from "../desired";
import type { Owner } from "../record/record";
import { ownership } from "../record/ownership";
import type { SeenServer } from "../seen";
import type { Finding } from "../step";

/** Refuses a server that belongs to somebody else. */
export function checkOwner({ name, owner: us, options }: DesiredServer, { record }: SeenServer): Finding[] {
  const standing = ownership(us, record);
  if (standing.kind === "free" || options.takeOver) return [];
  const { owner } = standing;
  switch (standing.kind) {
    case "ours":
    case "names follow":
    case "left behind":
      return [];
    case "copy":
      return [
        {
          code: "copied-state",
          message: `This state is a copy: another copy of it has changed ${name} since, under the name ${nameOf(owner)}, and the server belongs to that one now. This is ${nameOf(us)}.`,
          next: `Keep one of the two. To keep the other, run \`pulumi destroy\` here: it leaves ${name} as it is. To keep this one, set takeOver: true here for one \`pulumi up\`, and remove the other in the same way.`,
        },
      ];
    case "another stack":
      return [
        {
          code: "owned-by-another-stack",
          message: `The connectors of ${name} belong to the stack ${owner.stack} (${owner.urn}); this is ${us.stack}.`,
          next: `Make the change in that stack, or set takeOver: true here.${options.claim === "create" ? " If this stack was renamed, the resource has to keep its name, or get an alias, until the next `pulumi up` is done." : ""}`,
        },
      ];
    case "same name":
      if (options.claim === "create") return [];
      return [
        {
          code: "owned-by-another-resource",
          message: `The connectors of ${name} belong to a resource of the same name, as of another backend or a later state: ${owner.urn}.`,
          next: "Keep one of the two, or set takeOver: true on the one that should own the server.",
        },
      ];
    case "another resource":
      return [
        {
          code: "owned-by-another-resource",
          message: `The connectors of ${name} belong to another resource of this program: ${owner.urn}. This is ${us.urn}.`,
          next: "Keep one TableauServerPluginsConfig for a server, with all of its connectors.",
        },
      ];
  }
}

/** Says that the names of a server's owner follow, as after a rename or a move: of two copies of one state the other one loses it. */
export function warnOfNames({ name, owner: us, options }: DesiredServer, { record }: SeenServer): Finding[] {
  const standing = ownership(us, record);
  if (standing.kind === "left behind" && options.claim === "update") {
    return [
      {
        code: "owner-left",
        message: `${name} belonged to ${nameOf(standing.owner)} until now, which is no longer in the program; it belongs to ${nameOf(us)} from now on.`,
        next: "",
      },
    ];
  }
  if (standing.kind !== "names follow") return [];
  return [
    {
      code: "owner-renamed",
      message: `${name} belonged to ${nameOf(standing.owner)} until now; this resource has its state, so it belongs to ${nameOf(us)} from now on.`,
      next: "If a copy of this state is still in use under the earlier name, it is refused at its next `pulumi up`.",
    },
  ];
}

function nameOf({ stack, urn }: Owner): string {
  return `${stack} (${urn.split("::").at(-1) ?? urn})`;
}
