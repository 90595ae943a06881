/**
 * Something that a person should know about a record that was mapped all the same. It holds names of things, no
 * content.
 */
export interface Finding {
  readonly kind: FindingKind;
  /** Index of the record in its file, and of the message in the record. */
  readonly record_index: number;
  readonly message_index?: number;
  /** Tool, role or path that it is about. */
  readonly subject?: string;
}

export const findingKinds = [
  'unknown_tool',
  'unmatched_message',
  'unmatched_record',
  'unparsable_arguments',
  'call_without_name',
  'call_without_result',
  'result_without_call',
  'emit_without_object',
  'time_without_offset',
  'run_id_assigned',
  'emits_beyond_limit',
  'objects_beyond_limit',
] as const;

export type FindingKind = (typeof findingKinds)[number];

/** One sentence per kind, for the summary of an import. */
export const findingMeaning: Readonly<Record<FindingKind, string>> = {
  unknown_tool: 'tools that the mapping does not name: their calls are in the log with tier unknown',
  unmatched_message: 'messages that nothing matched: kept as the mapping says under on_unmatched',
  unmatched_record: 'records that nothing matched',
  unparsable_arguments: 'tool calls whose arguments are no JSON: kept as text',
  call_without_name: 'tool calls without a name',
  call_without_result: 'tool calls that nothing answered: their outcome is unknown',
  result_without_call: 'tool results that answer no call of their run',
  emit_without_object: 'rules that found no object id: their event was not composed, the tool call itself was',
  time_without_offset: 'times without an offset: read as UTC; say time.zone in the mapping if that is wrong',
  run_id_assigned: 'records without the ids that ids.run asks for: named by their place in the file',
  emits_beyond_limit: 'tool calls whose rules would compose more events than the limit',
  objects_beyond_limit:
    'tool calls that name more objects than one event may: the rest stands on the events of their rules',
};
