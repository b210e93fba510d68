/** "project/stack" of a URN (`urn:pulumi:STACK::PROJECT::TYPE::NAME`), for people. */
export function stackOf(urn: string): string {
  const [, , head = "", project = ""] = /^(urn:pulumi):(.*?)::(.*?)::/.exec(urn) ?? [];
  return `${project}/${head}`;
}
