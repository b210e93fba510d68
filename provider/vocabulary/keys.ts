/**
 * The two configuration keys that this package manages. Most servers do not list them among their known keys, so they
 * are always set with `--force-keys`: https://github.com/tableau/connector-plugin-sdk/issues/51
 */
export const connectPluginsPathKey = "native_api.connect_plugins_path";
export const disableVerifyKey = "native_api.disable_verify_connector_plugin_signature";

/** A key that has an argument of its own. Any other key that a program names is a text, and its value may be a secret. */
export type KeyName = typeof connectPluginsPathKey | typeof disableVerifyKey;
export const keyNames: readonly KeyName[] = [connectPluginsPathKey, disableVerifyKey];

/** Whether a key has an argument of its own: only of such a key the value may be shown. */
export function isOwnKey(key: string): key is KeyName {
  return keyNames.some((name) => name === key);
}

/** Whether a text can be the name of a key: words of letters, digits, `_` and `-`, with dots between them. */
export function isKeyName(text: string): boolean {
  return text.length <= 200 && /^[A-Za-z]\w*(?:-\w+)*(?:\.\w+(?:-\w+)*)*$/.test(text) && !(text in {});
}

/** No value of a key is longer, in characters. */
export const longestKeyValue = 65_536;
