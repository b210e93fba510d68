import type { EngineEvent, OperationOutcome } from "./protocol";

/** A resource as `pulumi stack export` prints it. */
export interface ResourceState {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly initErrors?: readonly string[];
}

/** What the engine does, or would do, to one resource. */
export interface Step {
  /** `create`, `update`, `delete`, `same`, `refresh`, … */
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Top-level properties that differ. */
  readonly diffs: readonly string[];
  /** Property path to kind: `update`, `add`, `delete`. */
  readonly detailedDiff: Readonly<Record<string, string>>;
  readonly oldInputs: Readonly<Record<string, unknown>>;
  readonly newInputs: Readonly<Record<string, unknown>>;
}

export interface Diagnostic {
  readonly severity: string;
  readonly message: string;
  readonly urn?: string;
  /** Only a live status, never printed under Diagnostics. */
  readonly ephemeral: boolean;
}

export interface OperationText {
  readonly stdout: string;
  readonly stderr: string;
  /** Both, in the order in which they came. */
  readonly output: string;
}

export interface OperationResult extends OperationText {
  /** The engine's own: 0 done, 1 failed, 7 changes where none were expected. */
  readonly exitCode: number;
  /** The summary: number of resources by operation, `same` included. */
  readonly changes: Readonly<Record<string, number>>;
  /** Steps in the order in which they began; the stack and the default provider left out. */
  readonly steps: readonly Step[];
  readonly diagnostics: readonly Diagnostic[];
  readonly events: readonly EngineEvent[];
}

/** What came of an operation. */
export function toResult(text: OperationText, { exitCode, events }: OperationOutcome): OperationResult {
  return {
    ...text,
    exitCode,
    events,
    changes: readChanges(events),
    steps: readSteps(events),
    diagnostics: readDiagnostics(events),
  };
}

function readChanges(events: readonly EngineEvent[]): Record<string, number> {
  const summary = events.flatMap((event) => event.summaryEvent ?? []).at(-1);
  return { ...summary?.resourceChanges };
}

function readSteps(events: readonly EngineEvent[]): Step[] {
  const steps = events.flatMap((event) => event.resourcePreEvent?.metadata ?? []);
  return steps
    .filter((step) => step.type !== "pulumi:pulumi:Stack" && !step.type.startsWith("pulumi:providers:"))
    .map((step) => ({
      op: step.op,
      urn: step.urn,
      type: step.type,
      name: step.urn.split("::").at(-1) ?? "",
      diffs: step.diffs ?? [],
      detailedDiff: Object.fromEntries(Object.entries(step.detailedDiff ?? {}).map(([path, diff]) => [path, diff.diffKind])),
      oldInputs: (step.old?.inputs ?? {}) as Record<string, unknown>,
      newInputs: (step.new?.inputs ?? {}) as Record<string, unknown>,
    }));
}

function readDiagnostics(events: readonly EngineEvent[]): Diagnostic[] {
  const diagnostics = events.flatMap((event) => event.diagnosticEvent ?? []);
  return diagnostics.map(({ severity, message, urn, ephemeral }) => ({
    severity,
    // The engine writes colours as tags such as `<{%reset%}>`.
    message: message.replace(/<\{%.*?%\}>/g, ""),
    ...(urn === undefined ? {} : { urn }),
    ephemeral: ephemeral === true,
  }));
}
