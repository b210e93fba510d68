import { bounds } from "../build/cms";
import { tlv } from "../build/der";
import { mutateBytes } from "./mutate-bytes";
import type { Random } from "./random";

interface Node {
  tag: number;
  children: Node[] | undefined;
  content: Buffer;
}

const tags = [0x02, 0x03, 0x04, 0x05, 0x06, 0x0c, 0x13, 0x16, 0x17, 0x18, 0x1e, 0x30, 0x31, 0x80, 0x81, 0xa0, 0xa1, 0xa3, 0x24, 0x01];

/** Changes an element of a DER tree, and writes the tree again with right lengths. */
export function mutateDer(der: Buffer, random: Random): Buffer {
  const root = parse(der.subarray(0, bounds(der, 0).end));
  const nodes = collect(root);
  for (let left = 1 + random.below(2); left > 0; left--) {
    change(random.pick(nodes), random.pick(nodes), random);
  }
  return write(root);
}

function change(node: Node, other: Node, random: Random): void {
  const { children } = node;
  switch (random.below(children === undefined ? 4 : 8)) {
    case 0:
      node.tag = random.pick(tags);
      break;
    case 1:
      node.content = children === undefined ? mutateBytes(node.content, random) : node.content;
      break;
    case 2:
      node.content = children === undefined ? random.bytes(random.below(12)) : node.content;
      break;
    case 3:
      node.content = children === undefined ? Buffer.alloc(0) : node.content;
      break;
    case 4:
      children?.splice(random.below(children.length + 1), 1);
      break;
    case 5:
      children?.splice(random.below(children.length + 1), 0, copy(other));
      break;
    case 6:
      children?.reverse();
      break;
    default:
      children?.push(copy(children[random.below(children.length)] ?? node));
  }
}

function copy({ tag, children, content }: Node): Node {
  return { tag, children: children?.map(copy), content: Buffer.from(content) };
}

function parse(der: Buffer): Node {
  const { start, end } = bounds(der, 0);
  const tag = der[0] ?? 0;
  const content = der.subarray(start, end);
  return { tag, content, children: (tag & 0x20) === 0 ? undefined : split(content).map(parse) };
}

export function split(content: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at < content.length;) {
    const { end } = bounds(content, at);
    parts.push(content.subarray(at, end));
    at = end;
  }
  return parts;
}

function collect(node: Node): Node[] {
  return [node, ...(node.children ?? []).flatMap(collect)];
}

function write({ tag, children, content }: Node): Buffer {
  return children === undefined ? tlv(tag, content) : tlv(tag, ...children.map(write));
}
