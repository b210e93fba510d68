/** Whether scenarios try everything alone, or each kind once, among others (CONTRIBUTING.md). */
export const isWhole = process.env["PULUMI_TABLEAU_SCENARIOS"] === "whole";
