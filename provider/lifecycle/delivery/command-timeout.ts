/** What one script of a delivery may take, in seconds. */
export const commandTimeoutSeconds = 600;
