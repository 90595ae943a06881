/** An end of a link, as the wire has it: cases and objects by key, people by pseudonym. */
export interface End {
  readonly kind: 'case' | 'run' | 'session' | 'trace' | 'event' | 'person';
  readonly id: string;
  readonly issuer?: string;
}

export interface DesiredLink {
  readonly kind: 'trace_run' | 'run_session' | 'run_user' | 'case_run' | 'effect_confirmation';
  readonly from: End;
  readonly to: End;
  readonly confidence: number;
}

/** What a rule finds of one subject, given everything that is known of it: one link, or none. */
export interface Finding {
  readonly tenant_id: string;
  /** With version: a rule that changed is another rule, whose links are told apart. */
  readonly rule_id: string;
  readonly subject: End;
  readonly link: DesiredLink | null;
}

export interface Person {
  readonly id: string;
  readonly issuer: string;
}

/** What a run's events say, sub-agents included. Lists are cut at three: more than one is ambiguous already. */
export interface RunFacts {
  readonly tenant_id: string;
  readonly run: string;
  readonly sessions: readonly string[];
  readonly people: readonly Person[];
  /** Keys of cases, as timelines have them. */
  readonly cases: readonly string[];
  /** How many events do not say it themselves. */
  readonly without_session: number;
  readonly without_person: number;
  readonly without_case: number;
}

export interface TraceFacts {
  readonly tenant_id: string;
  readonly trace: string;
  readonly runs: readonly string[];
  readonly without_run: number;
}
