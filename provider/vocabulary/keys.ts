/**
 * The two configuration keys that this package manages. Most servers do not list them among their known keys, so they
 * are always set with `--force-keys`: https://github.com/tableau/connector-plugin-sdk/issues/51
 */
export const connectPluginsPathKey = "native_api.connect_plugins_path";
export const disableVerifyKey = "native_api.disable_verify_connector_plugin_signature";

export type KeyName = typeof connectPluginsPathKey | typeof disableVerifyKey;
export const keyNames: readonly KeyName[] = [connectPluginsPathKey, disableVerifyKey];
