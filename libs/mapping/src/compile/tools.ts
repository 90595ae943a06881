import { type CompiledValue } from '../expression/value.ts';
import { asMany, type MappingFile, type ToolFile } from '../file/mapping-file.ts';
import { type CompileContext, type Place } from './compile-context.ts';
import { compileEmit, type CompiledEmit } from './emits.ts';
import { compileErrorRules, type CompiledErrorRule } from './error-rules.ts';
import { type CompiledObjects, compileObjects } from './refs.ts';

export interface CompiledTool {
  readonly tier: string;
  readonly protocol: string;
  readonly server: string | undefined;
  readonly version: string | undefined;
  readonly objects: CompiledObjects;
  /** Tried before the mapping's own `errors`. */
  readonly errors: readonly CompiledErrorRule[];
  readonly emits: readonly CompiledEmit[];
  readonly executedAs: CompiledValue | undefined;
  readonly idempotencyKey: CompiledValue | undefined;
}

export function compileTools(context: CompileContext, file: MappingFile): ReadonlyMap<string, CompiledTool> {
  return new Map(
    Object.entries(file.tools ?? {}).map(([name, tool]) => [
      name,
      compileTool(context, ['tools', name], tool ?? {}, file),
    ]),
  );
}

/** What holds for a tool that the mapping does not name. */
export function unknownTool(context: CompileContext, file: MappingFile): CompiledTool {
  return compileTool(context, ['defaults'], { tier: file.defaults?.tier ?? 'unknown' }, file);
}

function compileTool(context: CompileContext, place: Place, tool: ToolFile, file: MappingFile): CompiledTool {
  return {
    tier: tool.tier ?? file.defaults?.tier ?? 'unknown',
    protocol: tool.protocol ?? (tool.internal === true ? 'internal' : (file.defaults?.protocol ?? 'function')),
    server: tool.server,
    version: tool.version,
    objects: compileObjects(context, [...place, 'object'], tool.object, file.objects ?? {}),
    errors: compileErrorRules(context, [...place, 'errors'], tool.errors ?? []),
    emits: asMany(tool.emit).map((emit, index) =>
      compileEmit(context, Array.isArray(tool.emit) ? [...place, 'emit', index] : [...place, 'emit'], emit, file),
    ),
    executedAs: context.value([...place, 'executed_as'], tool.executed_as),
    idempotencyKey: context.value([...place, 'idempotency_key'], tool.idempotency_key),
  };
}
