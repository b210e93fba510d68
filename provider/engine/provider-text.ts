/**
 * The text that stands in state as `__provider`. It captures nothing: the provider process loads the installed package
 * from the project's own folder, so refresh and destroy run the installed code. It never changes.
 */
export function providerText(name: "connector" | "config" | "driver" | "certificate" | "desktopConnector" | "desktopLauncher"): string {
  return `exports.handler = () => require("module").createRequire(process.cwd() + "/_.js")("pulumi-tableau/provider").${name};`;
}
