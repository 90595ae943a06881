import {
  type ContentRefInput,
  type EnvelopeInput,
  type ModelInput,
  type ToolInput,
  type UsageInput,
} from '@affidavit/contracts';
import { type SourceName } from './connectors.ts';
import { type Facts, later, type Scene, type StoryEvent } from './scene.ts';
import { agentActor, service } from './world.ts';

const text = (role: ContentRefInput['role'], body: string): ContentRefInput => ({
  role,
  media_type: 'text/plain',
  text: body,
});
const json = (role: ContentRefInput['role'], body: unknown): ContentRefInput => ({
  role,
  media_type: 'application/json',
  json: body,
});
export const body = { text, json };

/** The technical ids that join the events of one action. */
export type Action = Pick<EnvelopeInput, 'call_id' | 'effect_id' | 'decision_id' | 'approval_id' | 'action_mac'>;

export interface ModelCall {
  readonly name: string;
  readonly at: string;
  readonly ms: number;
  readonly call: string;
  readonly model: ModelInput;
  readonly input: string;
  readonly output: string;
  readonly tokens: readonly [input: number, output: number];
  /** US dollars; local models have none. */
  readonly cost?: string;
  readonly source?: SourceName;
  readonly facts?: Facts;
  readonly finish?: string;
}

const usageOf = ({ tokens, cost, ms, finish }: ModelCall): UsageInput => ({
  input_tokens: tokens[0],
  output_tokens: tokens[1],
  duration_ms: ms,
  first_chunk_ms: Math.round(ms / 4),
  finish_reason: finish ?? 'stop',
  ...(cost !== undefined && { cost, currency: 'USD' }),
});

/** A model was asked and answered: two events of one call. */
export function modelCall(at: Scene, step: ModelCall): StoryEvent[] {
  const { name, call, model, source = 'ai-gateway' } = step;
  const facts = { actor: at.facts.actor ?? service(source), ...step.facts, call_id: call };
  const { response_model: _answered, ...asked } = model;
  const agent = at.facts.agent?.name;
  // What the agent was told to be; in a chat of a person with a model nobody instructs.
  const instruction =
    agent === undefined
      ? []
      : [
          text(
            'system',
            `You are ${agent}. Use only the tools and data that you are given, and say when you are not sure.`,
          ),
        ];
  return [
    at.tell(`${name}.requested`, step.at, 'model.call.requested', source, {
      ...facts,
      model: asked,
      content: [...instruction, text('input', step.input)],
      details: { temperature: '0.2', api: 'chat' },
    }),
    at.tell(`${name}.completed`, later(step.at, step.ms), 'model.call.completed', source, {
      ...facts,
      model,
      usage: usageOf(step),
      outcome: { status: 'success' },
      content: [text('output', step.output)],
      details: { temperature: '0.2', api: 'chat', tool_calls: step.finish === 'tool_calls' ? '1' : '0' },
      causation_id: `${at.story}.${name}.requested`,
    }),
  ];
}

export interface ToolCall {
  readonly name: string;
  readonly at: string;
  readonly ms: number;
  readonly call: string;
  readonly tool: ToolInput & { readonly name: string };
  readonly args: unknown;
  /** Left out when it failed. */
  readonly result?: unknown;
  readonly code?: string;
  readonly failed?: {
    readonly status: 'failure' | 'timeout' | 'denied';
    readonly code: string;
    readonly error_type: string;
  };
  readonly facts?: Facts;
  /** Only on the answer: what was decided in between. */
  readonly decided?: Action;
}

export const toolRequested = (at: Scene, { name, at: time, call, tool, args, facts }: ToolCall): StoryEvent =>
  at.tell(`${name}.requested`, time, 'tool.call.requested', 'agent-runtime', {
    ...facts,
    call_id: call,
    tool,
    content: [json('tool_args', args)],
    details: { arguments_state: 'parsed' },
  });

export function toolAnswered(at: Scene, step: ToolCall): StoryEvent {
  const { name, call, tool, failed, result, code } = step;
  const time = later(step.at, step.ms);
  const facts = {
    ...step.facts,
    ...step.decided,
    call_id: call,
    tool,
    usage: { duration_ms: step.ms },
    causation_id: `${at.story}.${name}.requested`,
  };
  if (failed) {
    return at.tell(`${name}.failed`, time, 'tool.call.failed', 'agent-runtime', {
      ...facts,
      outcome: { status: failed.status, code: failed.code },
      details: { error_type: failed.error_type, arguments_state: 'parsed' },
    });
  }
  return at.tell(`${name}.completed`, time, 'tool.call.completed', 'agent-runtime', {
    ...facts,
    outcome: { status: 'success', ...(code !== undefined && { code }) },
    content: [json('tool_result', result ?? null)],
    details: { arguments_state: 'parsed', result_state: 'present' },
  });
}

/** A tool was asked for and answered. Where something is decided in between, tell the two halves apart. */
export const toolCall = (at: Scene, step: ToolCall): StoryEvent[] => [toolRequested(at, step), toolAnswered(at, step)];

export interface RunEnd {
  readonly at: string;
  readonly model_calls: number;
  readonly tool_calls: number;
  readonly effects: number;
}

/** The run as its runtime counts it: the expectation that completeness is held against. */
export const runCompleted = (at: Scene, name: string, end: RunEnd): StoryEvent =>
  at.tell(name, end.at, 'run.completed', 'agent-runtime', {
    run: {
      end_reason: 'goal_reached',
      expected_model_calls: end.model_calls,
      expected_tool_calls: end.tool_calls,
      expected_effects: end.effects,
    },
    outcome: { status: 'success' },
  });

/** Facts of everything that an agent does in a run. */
export const runFacts = (agent: string, version: string, config: string, run: string): Facts => ({
  actor: agentActor(agent),
  agent: { id: agent, name: agent, version, config_id: config, framework: 'workbench' },
  run_id: run,
  root_run_id: run,
});
