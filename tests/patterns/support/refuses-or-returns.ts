/** Whatever an error says is a refusal, but for what the engine throws: for a value that is none, a stack or a text that grows too long. */
export async function refusesOrReturns(parse: () => unknown): Promise<void> {
  try {
    await parse();
  } catch (error) {
    const isEngines = error instanceof TypeError || /Maximum call stack|Invalid (?:string|array) length/.test(String(error).slice(0, 200));
    if (isEngines || !(error instanceof Error)) throw error;
  }
}
