export { TableauConnector, type PackageArgs, type TableauConnectorArgs } from "./resources/connector";
export {
  type Activation,
  type AppliedKeys,
  type RunningConnector,
  TableauServerPluginsConfig,
  type ActivationArgs,
  type RestartWindowArgs,
  type TableauServerPluginsConfigArgs,
  type TimeoutArgs,
} from "./resources/plugins-config";
export { TableauDriver, type DriverArgs, type TableauDriverArgs } from "./resources/driver";
export { TableauTrustedCertificate, type CertificateArgs, type TableauTrustedCertificateArgs } from "./resources/certificate";
export type { CertificateRef } from "./resources/certificate-ref";
export type { ConnectorRef, DriverRef } from "./resources/refs";
export { ConnectorDeployment, type ConnectorDeploymentArgs } from "./resources/deployment";
export { TableauDesktopConnector, type TableauDesktopConnectorArgs } from "./resources/desktop-connector";
export { TableauDesktopLauncher, type TableauDesktopLauncherArgs } from "./resources/desktop-launcher";
export { desktopLaunch, type DesktopLaunch, type DesktopLaunchOptions } from "./machine/plan/desktop-launch";
export type { DesktopMachineArgs } from "./resources/machine-args";
export type { NodeArgs, NodeConnectionArgs, TableauServerArgs, TsmArgs } from "./resources/server-args";
export type { SignatureSummary, SignerSummary } from "./lifecycle/package/signature-summary";
export { verifyTaco, type VerifyTacoOptions } from "./lifecycle/package/verify-package";
export { inspectTaco } from "./lifecycle/package/inspect-package";
export { TableauError, type ErrorCode, type TableauErrorDetails } from "./vocabulary/error";
export type {
  CertificateReport,
  Finding,
  FindingCategory,
  FindingCode,
  JarsignerResult,
  JarsignerVerdict,
  Severity,
  SignerReport,
  TableauReport,
  TimestampReport,
  TrustSources,
  TrustStore,
  TrustStoreBytes,
  Verdict,
} from "./signature";
export type { PackageFile, PackageSource, Taco, TacoEntry } from "./taco";
