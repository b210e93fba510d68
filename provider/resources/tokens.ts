/** Type tokens of the resources. They are a public name in every state and never change. */
export const tokens = {
  connector: "pulumi-nodejs:dynamic/tableau:TableauConnector",
  driver: "pulumi-nodejs:dynamic/tableau:TableauDriver",
  certificate: "pulumi-nodejs:dynamic/tableau:TableauTrustedCertificate",
  config: "pulumi-nodejs:dynamic/tableau:TableauServerPluginsConfig",
  desktopConnector: "pulumi-nodejs:dynamic/tableau:TableauDesktopConnector",
  desktopLauncher: "pulumi-nodejs:dynamic/tableau:TableauDesktopLauncher",
  deployment: "tableau:index:ConnectorDeployment",
} as const;
