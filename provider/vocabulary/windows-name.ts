/** Whatever follows the first dot; Windows does not see spaces before it. */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.|$)/i;

/**
 * Why Windows can have no file or folder of a name, as the end of a sentence; null: it can.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file#naming-conventions
 */
export function windowsNameProblem(name: string): string | null {
  const letter = /[<>:"|?*\\/\u0000-\u001f]/.exec(name)?.[0];
  if (letter !== undefined) return `Windows has no names with ${JSON.stringify(letter)}`;
  if (/[. ]$/.test(name)) return "Windows has no names that end in a dot or a blank";
  return isWindowsDevice(name) ? "Windows keeps that name for a device" : null;
}

/** Whether Windows takes a file or folder of that name for one of its devices. */
export function isWindowsDevice(name: string): boolean {
  return device.test(name);
}
