import type { Preparation } from './engine.ts';

/** What one reader's query may take at most. A client may ask for less. */
export const READER_CAPS = {
  max_execution_time: 30,
  max_memory_usage: 1_000_000_000,
  max_result_rows: 1_000_000,
  max_result_bytes: 256_000_000,
  max_threads: 4,
} as const;

export const MAX_READER_QUERY_BYTES = 256 << 10;

/**
 * A view is no border for the optimiser: left alone it evaluates a reader's condition on other tenants' rows, and the
 * condition's error text quotes them (`toUInt64(run_key)`: tried). With these off, the view's own filter, which holds
 * the tenant, is applied before anything that the reader wrote. The price: only the tenant prunes what is read.
 */
const VIEW_IS_A_BORDER = {
  query_plan_filter_push_down: '0',
  query_plan_merge_filters: '0',
  optimize_move_to_prewhere: '0',
};

/** Settings that only change how a result looks. None of them names a file; format_schema and format_template_* do. */
const HARMLESS = new Set([
  'date_time_output_format',
  'decimal_trailing_zeros',
  'extremes',
  'format_csv_delimiter',
  'join_use_nulls',
  'session_timezone',
  'output_format_csv_crlf_end_of_line',
  'output_format_decimal_trailing_zeros',
  'output_format_json_named_tuples_as_objects',
  'output_format_json_quote_64bit_floats',
  'output_format_json_quote_64bit_integers',
  'output_format_json_quote_decimals',
  'output_format_json_quote_denormals',
  'output_format_write_statistics',
]);

export interface ReaderPreparations {
  /**
   * For looking at the query without running it: EXPLAIN in brackets is a table function, which readonly = 1 refuses.
   */
  readonly inspect: Preparation;
  /** For running what was found harmless. */
  readonly run: Preparation;
}

/**
 * A client library sends settings of its own with each query: what is not harmless is dropped, what has a cap is
 * lowered to it.
 */
export function prepareReader(
  tenantId: string,
  asked: ReadonlyMap<string, string>,
  parameters: ReadonlyMap<string, string>,
): ReaderPreparations {
  const settings = new Map<string, string>();
  for (const [name, value] of asked) if (HARMLESS.has(name)) settings.set(name, value);
  for (const [name, cap] of Object.entries(READER_CAPS)) {
    const wanted = asked.get(name);
    const lower = wanted !== undefined && /^[1-9]\d{0,14}$/.test(wanted) ? Math.min(cap, Number(wanted)) : cap;
    settings.set(name, String(lower));
  }
  settings.set('result_overflow_mode', 'throw');
  settings.set('timeout_overflow_mode', 'throw');
  for (const [name, value] of Object.entries(VIEW_IS_A_BORDER)) settings.set(name, value);
  for (const [name, value] of parameters) settings.set(name, value);
  // The views compare each row's tenant with this setting; after readonly it cannot be changed any more.
  settings.set('log_comment', tenantId);
  const readOnly = (level: string): Preparation => ({ settings, finalSettings: new Map([['readonly', level]]) });
  return { inspect: readOnly('2'), run: readOnly('1') };
}
