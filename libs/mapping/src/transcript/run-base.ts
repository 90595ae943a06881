import { type CompiledMapping } from '../compile/compile-mapping.ts';
import { type Scope } from '../expression/scope.ts';
import { allTexts, type CompiledValue, singleText } from '../expression/value.ts';
import { type RunBase } from './event-sink.ts';

export interface RunIdentity {
  readonly scope: Scope;
  readonly runId: string;
  readonly session: string;
  readonly mappingHash: string;
}

/** What every event of the run carries: source, agent, session, case, objects, and the run's own envelope fields. */
export function envelopeOf(mapping: CompiledMapping, identity: RunIdentity): RunBase & { readonly agentId: string } {
  const { scope, runId, session, mappingHash } = identity;
  const system = singleText(mapping.source.get('system'), scope) ?? mapping.id;
  const instance = singleText(mapping.source.get('instance'), scope);
  const agent = texts(mapping.agent, scope);
  const agentId = agent.id ?? system;
  return {
    runId,
    agentId,
    mapping: { id: mapping.id, version: mapping.version, hash: mappingHash },
    source: { system, ...(instance !== undefined && { instance }) },
    envelope: {
      evidence_grade: singleText(mapping.source.get('grade'), scope),
      ...texts(mapping.run.envelope, scope),
      agent: { ...agent, id: agentId },
      session_id: session,
      task_id: singleText(mapping.ids.get('task'), scope),
      case_refs: mapping.run.cases(scope),
      object_refs: mapping.run.objects(scope, 'subject'),
      labels: mapping.run.labels.flatMap((value) => allTexts(value, scope)),
      categories: mapping.run.categories.flatMap((value) => allTexts(value, scope)),
    },
  };
}

function texts(values: ReadonlyMap<string, CompiledValue>, scope: Scope): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...values].flatMap(([key, value]) => {
      const text = singleText(value, scope);
      return text === undefined ? [] : [[key, text] as const];
    }),
  );
}
