/** A shell script, as the text that is sent to a node. */
declare module "*.sh" {
  const text: string;
  export default text;
}
