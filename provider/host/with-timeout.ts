// The longest time a timer of Node.js can wait; about 24 days.
const longest = 2 ** 31 - 1;

/** Waits for a promise; calls `late` once when so many seconds have passed before it is settled. */
export async function withTimeout<T>(promise: Promise<T>, seconds: number, late: () => void): Promise<T> {
  const timer = setTimeout(late, Math.min(seconds * 1000, longest));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}
