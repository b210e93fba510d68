import type { Case } from "./case";
export async function realToolCases(_work: string): Promise<Case[]> {
  return [];
}
