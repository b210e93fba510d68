import type { Switches } from "../switches";

const connectPluginsPath = "native_api.connect_plugins_path";
const disableVerification = "native_api.disable_verify_connector_plugin_signature";

// The native_api keys are those that a 2024.2.6 server listed (connector-plugin-sdk issue 1273).
const known = [
  "native_api.connection_ip_whitelist",
  "native_api.native_log_config_path",
  "native_api.jdbc_config_path",
  "native_api.kerberos_config_path",
  "native_api.jdbc_classpath",
  "native_api.e_p_s_path",
  "native_api.connection_ip_blacklist",
  "native_api.ConnectionIpWhitelist",
  "native_api.use_galop",
  "gateway.timeout",
  "gateway.http.cachecontrol.updated",
  "wgserver.domain.password",
  "wgserver.domain.username",
  "backgrounder.querylimit",
  "basefilepath.backuprestore",
  "basefilepath.site_import.exports",
  "service.runas.username",
  "tabadmincontroller.auth.expiration.minutes",
  "vizqlserver.session.expiry.timeout",
  "workerX.data.port",
];
const dynamic = ["basefilepath.site_import.exports", "backgrounder.querylimit"];

export function dynamicKeys(): readonly string[] {
  return dynamic;
}

/** Whether applying the key restarts a running server. */
export function needsRestart(key: string): boolean {
  return !dynamic.includes(key);
}

export function knownKeys(switches: Switches): readonly string[] {
  if (switches.connectorKeys === "unknown") return known;
  return switches.connectorKeys === "flag-known" ? [...known, disableVerification] : [...known, connectPluginsPath, disableVerification];
}

/** The known keys that start with the same word. */
export function similarKeys(key: string, switches: Switches): string[] {
  const prefix = `${key.split(".")[0] ?? ""}.`;
  return knownKeys(switches).filter((name) => name.startsWith(prefix));
}

/** The settings that decide what connectors a start loads. */
export function connectorSettings(applied: Readonly<Record<string, string>>): {
  pluginsPath: string | undefined;
  verification: "on" | "off";
} {
  return { pluginsPath: applied[connectPluginsPath], verification: applied[disableVerification]?.toLowerCase() === "true" ? "off" : "on" };
}
