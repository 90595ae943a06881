import { type ConditionFile } from '../expression/condition.ts';
import { type JsonValue, type Scalar } from '../json-value.ts';

/** A mapping file as written, after the schema check. The type mirrors `mappingSchema`; both change together. */
export interface MappingFile {
  readonly mapping: {
    readonly id: string;
    readonly version: string | number;
    readonly input: 'openai-messages';
    readonly description?: string;
  };
  readonly source?: { readonly system?: JsonValue; readonly instance?: JsonValue; readonly grade?: JsonValue };
  readonly agent?: Readonly<Record<string, JsonValue>>;
  readonly records?: string;
  readonly messages?: string;
  readonly roles?: Readonly<Record<string, MessageRole>>;
  readonly ids: {
    readonly run: JsonValue;
    readonly call?: JsonValue;
    readonly session?: JsonValue;
    readonly task?: JsonValue;
  };
  readonly time?: TimeFile;
  readonly run?: RunFile;
  readonly model?: Readonly<Record<string, JsonValue>> & { readonly when?: ConditionFile };
  readonly usage?: Readonly<Record<string, JsonValue>>;
  readonly responses?: { readonly shown?: 'without_tool_calls' | 'always' | 'never' };
  readonly objects?: Readonly<Record<string, ObjectKind>>;
  readonly lookups?: Readonly<
    Record<string, { readonly file?: string; readonly values?: Readonly<Record<string, Scalar>> }>
  >;
  readonly errors?: readonly ErrorRuleFile[];
  readonly defaults?: { readonly tier?: Tier; readonly protocol?: string; readonly unknown_tool?: 'report' | 'reject' };
  readonly on_unmatched?: OnUnmatched;
  readonly tools?: Readonly<Record<string, ToolFile | null>>;
}

export type MessageRole = 'system' | 'user' | 'assistant' | 'tool';
export type Tier = 'read' | 'write' | 'destructive' | 'unknown';
export type OnUnmatched = 'reject' | 'quarantine' | { readonly keep_as: string };

export interface ObjectKind {
  readonly system: string;
  readonly type: string;
  readonly instance?: string;
  /** Its ids are people: the collector writes pseudonyms. */
  readonly person?: boolean;
}

export interface TimeFile {
  readonly basis?: 'assigned' | 'source';
  readonly start?: JsonValue;
  readonly step_ms?: number;
  readonly path?: string;
  readonly zone?: string;
  readonly unit?: 's' | 'ms' | 'us';
  readonly precision_us?: number;
  readonly runs?: 'together' | 'in_sequence';
}

export interface EndingFile extends ConditionFile {
  readonly reason?: JsonValue;
  readonly code?: JsonValue;
}

export type OneOrMany<T> = T | readonly T[];
export type RefFile = Readonly<Record<string, JsonValue>>;

export interface RunFile {
  readonly failed_when?: OneOrMany<EndingFile>;
  readonly stopped_when?: OneOrMany<EndingFile>;
  readonly case?: OneOrMany<RefFile>;
  readonly people?: readonly PersonFile[];
  readonly object?: JsonValue;
  readonly labels?: readonly JsonValue[];
  readonly categories?: readonly JsonValue[];
  readonly expected?: Readonly<Record<string, JsonValue>>;
  readonly details?: Readonly<Record<string, JsonValue>>;
  readonly [field: string]: unknown;
}

export interface PersonFile {
  readonly role: string;
  readonly relation?: string;
  readonly assurance?: string;
  readonly issuer?: string;
  readonly id: JsonValue;
  readonly display_name?: JsonValue;
  readonly from_tool?: OneOrMany<string>;
  readonly as?: 'on_behalf_of' | 'link' | 'subject';
}

export interface ErrorRuleFile extends ConditionFile {
  readonly code?: JsonValue;
  readonly status?: string;
}

export interface ContentFile {
  readonly role: string;
  readonly text?: JsonValue;
  readonly json?: JsonValue;
  readonly media_type?: string;
}

export interface EmitFile {
  readonly type: string;
  readonly only_if?: 'success' | 'failure' | 'always';
  readonly when?: ConditionFile;
  readonly for_each?: { readonly path: string; readonly as: string };
  readonly kind?: JsonValue;
  readonly object?: JsonValue;
  readonly role?: JsonValue;
  readonly case?: OneOrMany<RefFile>;
  readonly subject?: OneOrMany<RefFile>;
  readonly outcome?: { readonly status?: JsonValue; readonly code?: JsonValue };
  readonly content?: readonly ContentFile[];
  readonly labels?: readonly JsonValue[];
  readonly categories?: readonly JsonValue[];
  readonly details?: Readonly<Record<string, JsonValue>>;
  readonly [section: string]: unknown;
}

export interface ToolFile {
  readonly tier?: Tier;
  readonly protocol?: string;
  readonly internal?: boolean;
  readonly server?: string;
  readonly version?: string;
  readonly object?: JsonValue;
  readonly errors?: readonly ErrorRuleFile[];
  readonly emit?: OneOrMany<EmitFile>;
  readonly executed_as?: JsonValue;
  readonly idempotency_key?: JsonValue;
}

export function asMany<T>(value: OneOrMany<T> | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
