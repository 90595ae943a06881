-- For data teams. What each means stands in README.md, with examples; how it is made, in the generation's views of the same name.

-- Grain: one row per action: what was intended, decided, approved, done and confirmed. Key: action_key.
CREATE OR REPLACE VIEW ${public}.actions
(
    tenant_id String COMMENT 'tenant',
    action_key String COMMENT 'names the action: call/<run>/<call>, effect/<id>, decision/<id>, approval/<id>, event/<connector>:<id>',
    kind String COMMENT 'tool_call, model_call, effect, confirmation, decision, approval',
    agreement String COMMENT 'matched, mismatched, unobserved, denied_nothing_executed, executed_without_decision',
    first_at DateTime64(6, 'UTC') COMMENT 'when the first of its events happened',
    last_at DateTime64(6, 'UTC') COMMENT 'when the last of its events happened',
    run_id String COMMENT 'run',
    root_run_id String COMMENT 'outermost run',
    session_id String COMMENT 'conversation',
    call_id String COMMENT 'call',
    effect_id String COMMENT 'effect; of several the first',
    decision_id String COMMENT 'decision',
    approval_id String COMMENT 'approval',
    agent_id String COMMENT 'agent',
    user_key String COMMENT 'person for whom it was done, a pseudonym',
    actor_type String COMMENT 'kind of actor that did it',
    workspace_id String COMMENT 'workspace',
    use_case String COMMENT 'registered use case',
    ai_system_id String COMMENT 'registered AI system',
    org_unit String COMMENT 'organisational unit',
    environment String COMMENT 'environment',
    tool_name String COMMENT 'tool',
    tool_tier String COMMENT 'what the tool can do: read, write, destructive',
    model_provider String COMMENT 'provider of the model',
    model_name String COMMENT 'model asked for',
    target_system String COMMENT 'where it took effect',
    effect_kind String COMMENT 'create, update, delete, send, trigger, revert',
    effects UInt64 COMMENT 'distinct effects',
    document_no String COMMENT 'document that it produced',
    amount Nullable(Decimal(18, 6)) COMMENT 'amount in currency',
    currency String COMMENT 'ISO 4217',
    executed_as String COMMENT 'technical user in the target system',
    case_keys Array(String) COMMENT 'cases, as in timeline_by_case',
    object_keys Array(String) COMMENT 'business objects, as in timeline_by_object',
    requested Bool COMMENT 'an intent is on record',
    requested_at Nullable(DateTime64(6, 'UTC')) COMMENT 'when it was first intended',
    decision String COMMENT 'the strictest decision of a policy: allow, mask, require_approval, deny; empty without one',
    decided_at Nullable(DateTime64(6, 'UTC')) COMMENT 'when a policy decided',
    policy_id String COMMENT 'policy',
    policy_version String COMMENT 'its version',
    rule_id String COMMENT 'rule that decided',
    enforcement String COMMENT 'enforced, advisory, failed_open, failed_closed',
    blocked Bool COMMENT 'its content was stopped',
    approval String COMMENT 'what a human decided: approved, rejected, expired, withdrawn; empty without one',
    approval_requested_at Nullable(DateTime64(6, 'UTC')) COMMENT 'when a human was asked',
    approved_at Nullable(DateTime64(6, 'UTC')) COMMENT 'when the human decided, either way',
    approver String COMMENT 'who decided, a pseudonym',
    approval_threshold Nullable(Float64) COMMENT 'threshold that demanded the approval',
    approval_value Nullable(Float64) COMMENT 'value held against it',
    approval_unit String COMMENT 'unit of both',
    approval_wait_ms Nullable(Int64) COMMENT 'from request to decision',
    executed Bool COMMENT 'it happened: a call that did not fail, an effect, or a confirmation',
    executed_at Nullable(DateTime64(6, 'UTC')) COMMENT 'when it was first carried out or tried',
    outcome_status String COMMENT 'how the last execution ended',
    outcome_code String COMMENT 'its machine-readable code',
    confirmed Bool COMMENT 'the system of record itself reports it',
    confirmed_at Nullable(DateTime64(6, 'UTC')) COMMENT 'when it does so first',
    confirmed_by String COMMENT 'that system',
    reverted Bool COMMENT 'it was undone',
    reverted_at Nullable(DateTime64(6, 'UTC')) COMMENT 'when it was first undone',
    source_systems Array(String) COMMENT 'systems that told of it',
    evidence_grades Array(String) COMMENT 'who vouches for its events',
    event_ids Array(String) COMMENT 'its events'
)
AS SELECT * FROM ${generation}.public_actions;

-- Grain: one row per run; sub-runs are runs. Key: run_id.
CREATE OR REPLACE VIEW ${public}.runs
(
    tenant_id String COMMENT 'tenant',
    run_id String COMMENT 'run',
    root_run_id String COMMENT 'outermost run',
    parent_run_id String COMMENT 'run that started this one',
    status String COMMENT 'completed, failed, stopped, open',
    started_at DateTime64(6, 'UTC') COMMENT 'when its first event happened',
    start_recorded Bool COMMENT 'its start is on record',
    ended_at Nullable(DateTime64(6, 'UTC')) COMMENT 'when it ended; empty while open',
    last_event_at DateTime64(6, 'UTC') COMMENT 'when its last event happened',
    duration_ms Nullable(Int64) COMMENT 'duration',
    end_reason String COMMENT 'why it ended',
    error_type String COMMENT 'class of the error',
    trigger String COMMENT 'what started it',
    automation_level String COMMENT 'how much a human is in it',
    session_id String COMMENT 'conversation',
    task_id String COMMENT 'what was attempted; groups comparable runs',
    agent_id String COMMENT 'agent',
    agent_version String COMMENT 'version of the agent',
    agent_config_id String COMMENT 'configuration in force',
    user_key String COMMENT 'person for whom it was done, a pseudonym',
    workspace_id String COMMENT 'workspace',
    org_unit String COMMENT 'organisational unit',
    use_case String COMMENT 'registered use case',
    ai_system_id String COMMENT 'registered AI system',
    environment String COMMENT 'environment',
    events UInt64 COMMENT 'events of it',
    late_events UInt64 COMMENT 'events that came late',
    model_calls UInt64 COMMENT 'distinct model calls',
    model_calls_failed UInt64 COMMENT 'of them failed',
    tool_calls UInt64 COMMENT 'distinct tool calls',
    tool_calls_failed UInt64 COMMENT 'of them failed',
    calls_without_answer Int64 COMMENT 'requested calls without an answer on record',
    effects UInt64 COMMENT 'changes, messages, processes',
    retrievals UInt64 COMMENT 'retrievals and reads',
    policy_decisions UInt64 COMMENT 'decisions of policies',
    denials UInt64 COMMENT 'denials and stopped contents',
    approvals_requested UInt64 COMMENT 'approvals asked for',
    approvals_decided UInt64 COMMENT 'approvals decided',
    maskings UInt64 COMMENT 'contents masked',
    escalations UInt64 COMMENT 'hand-overs to a human',
    exceptions UInt64 COMMENT 'policy exceptions',
    expected_model_calls Nullable(Int64) COMMENT 'as the source counts them',
    expected_tool_calls Nullable(Int64) COMMENT 'as the source counts them',
    expected_effects Nullable(Int64) COMMENT 'as the source counts them',
    models Array(String) COMMENT 'models',
    model_providers Array(String) COMMENT 'providers',
    tools Array(String) COMMENT 'tools',
    source_systems Array(String) COMMENT 'systems that told of it',
    case_keys Array(String) COMMENT 'cases, as in timeline_by_case',
    object_keys Array(String) COMMENT 'business objects, as in timeline_by_object'
)
AS SELECT * FROM ${generation}.public_runs;

-- Grain: one row per call and attempt. Key: root_run_id, call_id, attempt.
CREATE OR REPLACE VIEW ${public}.model_calls
(
    tenant_id String COMMENT 'tenant',
    root_run_id String COMMENT 'outermost run',
    call_id String COMMENT 'call; of two runs two',
    attempt Int64 COMMENT 'attempt, from 1',
    status String COMMENT 'completed, failed, open',
    first_at DateTime64(6, 'UTC') COMMENT 'when the first of its events happened',
    requested_at Nullable(DateTime64(6, 'UTC')) COMMENT 'when it was first intended',
    ended_at Nullable(DateTime64(6, 'UTC')) COMMENT 'when it ended; empty while open',
    model_provider String COMMENT 'provider of the model',
    request_model String COMMENT 'model asked for',
    response_model String COMMENT 'model that answered',
    model_hosted String COMMENT 'vendor or self',
    model_region String COMMENT 'region of processing',
    input_tokens Nullable(Int64) COMMENT 'tokens in',
    output_tokens Nullable(Int64) COMMENT 'tokens out',
    cached_tokens Nullable(Int64) COMMENT 'input tokens from a cache',
    reasoning_tokens Nullable(Int64) COMMENT 'output tokens spent on reasoning',
    cost Nullable(Decimal(24, 12)) COMMENT 'cost in currency',
    currency String COMMENT 'ISO 4217',
    duration_ms Nullable(Int64) COMMENT 'duration',
    first_chunk_ms Nullable(Int64) COMMENT 'time to the first chunk',
    finish_reason String COMMENT 'why generation ended',
    outcome_status String COMMENT 'how the last execution ended',
    error_type String COMMENT 'class of the error',
    run_id String COMMENT 'run',
    session_id String COMMENT 'conversation',
    turn_id String COMMENT 'exchange',
    step_id String COMMENT 'step',
    agent_id String COMMENT 'agent',
    agent_config_id String COMMENT 'configuration in force',
    user_key String COMMENT 'person for whom it was done, a pseudonym',
    workspace_id String COMMENT 'workspace',
    org_unit String COMMENT 'organisational unit',
    use_case String COMMENT 'registered use case',
    ai_system_id String COMMENT 'registered AI system',
    environment String COMMENT 'environment',
    channel String COMMENT 'web, mobile, api, ide, batch',
    source_systems Array(String) COMMENT 'systems that told of it',
    evidence_grades Array(String) COMMENT 'who vouches for its events',
    event_ids Array(String) COMMENT 'its events'
)
AS SELECT * FROM ${generation}.public_model_calls;

-- Grain: one row per session. Key: session_id.
CREATE OR REPLACE VIEW ${public}.sessions
(
    tenant_id String COMMENT 'tenant',
    session_id String COMMENT 'conversation',
    started_at DateTime64(6, 'UTC') COMMENT 'when its first event happened',
    last_event_at DateTime64(6, 'UTC') COMMENT 'when its last event happened',
    end_recorded Bool COMMENT 'its end is on record',
    user_key String COMMENT 'person for whom it was done, a pseudonym',
    workspace_id String COMMENT 'workspace',
    org_unit String COMMENT 'organisational unit',
    use_case String COMMENT 'registered use case',
    channel String COMMENT 'web, mobile, api, ide, batch',
    client_app String COMMENT 'client application',
    environment String COMMENT 'environment',
    events UInt64 COMMENT 'events in it',
    turns UInt64 COMMENT 'exchanges',
    runs UInt64 COMMENT 'runs in it',
    prompts UInt64 COMMENT 'prompts',
    responses UInt64 COMMENT 'responses delivered',
    model_calls UInt64 COMMENT 'distinct model calls',
    tool_calls UInt64 COMMENT 'distinct tool calls',
    providers_in_order Array(String) COMMENT 'providers in the order of their first call',
    models_in_order Array(String) COMMENT 'models in the order of their first call',
    comparisons UInt64 COMMENT 'comparisons',
    selections UInt64 COMMENT 'responses selected',
    inspections UInt64 COMMENT 'contents inspected',
    maskings UInt64 COMMENT 'contents masked',
    blocks UInt64 COMMENT 'contents stopped',
    denials UInt64 COMMENT 'denials and stopped contents',
    artifacts UInt64 COMMENT 'distinct artifacts',
    disclosures UInt64 COMMENT 'exports, shares, copies',
    case_keys Array(String) COMMENT 'cases, as in timeline_by_case'
)
AS SELECT * FROM ${generation}.public_sessions;

-- Grain: one row per source system and connector. Key: source_system, connector_id.
CREATE OR REPLACE VIEW ${public}.sources
(
    tenant_id String COMMENT 'tenant',
    source_system String COMMENT 'system that the facts come from',
    connector_id String COMMENT 'connector, from its credential',
    first_occurred_at DateTime64(6, 'UTC') COMMENT 'earliest event',
    last_occurred_at DateTime64(6, 'UTC') COMMENT 'latest event',
    last_observed_at DateTime64(6, 'UTC') COMMENT 'when the collector last heard of it',
    events UInt64 COMMENT 'events',
    event_types UInt64 COMMENT 'distinct types',
    runs UInt64 COMMENT 'distinct runs',
    streams UInt64 COMMENT 'distinct numbered streams',
    late_events UInt64 COMMENT 'events that came late',
    longest_delay_s Int64 COMMENT 'longest time from happening to being observed, seconds',
    events_not_dated_by_source UInt64 COMMENT 'events whose time is the collector\'s or assigned',
    duplicates Int64 COMMENT 'further copies of its events in the log',
    conflicts UInt64 COMMENT 'events whose copies differ in their facts',
    evidence_grades Array(String) COMMENT 'who vouches for its events',
    origin_formats Array(String) COMMENT 'doors by which it came',
    environments Array(String) COMMENT 'environments'
)
AS SELECT * FROM ${generation}.public_sources;

-- Grain: one row per declared gap. Key: stream_id, from_seq, to_seq, declared_without_stream.
CREATE OR REPLACE VIEW ${public}.gaps
(
    tenant_id String COMMENT 'tenant',
    stream_id String COMMENT 'numbered stream',
    from_seq Nullable(Int64) COMMENT 'first missing number',
    to_seq Nullable(Int64) COMMENT 'last missing number',
    declared_without_stream String COMMENT 'event that declared it, when it names no stream',
    connector_id String COMMENT 'connector, from its credential',
    missing Nullable(Int64) COMMENT 'numbers missing',
    gap_kind String COMMENT 'how it shows',
    cause String COMMENT 'a code',
    detected_at Nullable(DateTime64(6, 'UTC')) COMMENT 'when it was found',
    closed Bool COMMENT 'the numbers arrived after all',
    closed_at Nullable(DateTime64(6, 'UTC')) COMMENT 'when they had',
    event_ids Array(String) COMMENT 'its events'
)
AS SELECT * FROM ${generation}.public_gaps;

-- Grain: one row per day and everything before model_calls. Persons, agents, sessions, runs of several days do not add up.
CREATE OR REPLACE VIEW ${public}.report_ai_use
(
    tenant_id String COMMENT 'tenant',
    day Date COMMENT 'day, UTC',
    environment String COMMENT 'environment',
    workspace_id String COMMENT 'workspace',
    org_unit String COMMENT 'organisational unit',
    use_case String COMMENT 'registered use case',
    ai_system_id String COMMENT 'registered AI system',
    model_provider String COMMENT 'provider of the model',
    model String COMMENT 'model that answered, else the one asked for',
    model_hosted String COMMENT 'vendor or self',
    model_calls UInt64 COMMENT 'distinct model calls',
    completed UInt64 COMMENT 'of them answered',
    failed UInt64 COMMENT 'of them failed',
    unanswered UInt64 COMMENT 'of them without an answer on record',
    users UInt64 COMMENT 'distinct persons',
    agents UInt64 COMMENT 'distinct agents',
    sessions UInt64 COMMENT 'distinct sessions',
    runs UInt64 COMMENT 'distinct runs'
)
AS SELECT * FROM ${generation}.report_ai_use;

-- Grain: one row per day and everything before model_calls.
CREATE OR REPLACE VIEW ${public}.report_usage_cost
(
    tenant_id String COMMENT 'tenant',
    day Date COMMENT 'day, UTC',
    environment String COMMENT 'environment',
    workspace_id String COMMENT 'workspace',
    org_unit String COMMENT 'organisational unit',
    use_case String COMMENT 'registered use case',
    agent_id String COMMENT 'agent',
    model_provider String COMMENT 'provider of the model',
    model String COMMENT 'model that answered, else the one asked for',
    currency String COMMENT 'ISO 4217',
    model_calls UInt64 COMMENT 'distinct model calls',
    calls_without_usage UInt64 COMMENT 'calls that say no tokens',
    calls_without_cost UInt64 COMMENT 'calls that say no cost',
    input_tokens Int64 COMMENT 'tokens in',
    output_tokens Int64 COMMENT 'tokens out',
    cached_tokens Int64 COMMENT 'input tokens from a cache',
    reasoning_tokens Int64 COMMENT 'output tokens spent on reasoning',
    cost Decimal(38, 12) COMMENT 'cost in currency'
)
AS SELECT * FROM ${generation}.report_usage_cost;

-- Grain: one row per action. Key: action_key.
CREATE OR REPLACE VIEW ${public}.report_effects_without_decision
(
    tenant_id String COMMENT 'tenant',
    day Date COMMENT 'day, UTC',
    at DateTime64(6, 'UTC') COMMENT 'when it happened',
    action_key String COMMENT 'names the action: call/<run>/<call>, effect/<id>, decision/<id>, approval/<id>, event/<connector>:<id>',
    kind String COMMENT 'tool_call, model_call, effect, confirmation, decision, approval',
    tool_name String COMMENT 'tool',
    tool_tier String COMMENT 'what the tool can do: read, write, destructive',
    target_system String COMMENT 'where it took effect',
    effect_kind String COMMENT 'create, update, delete, send, trigger, revert',
    document_no String COMMENT 'document that it produced',
    amount Nullable(Decimal(18, 6)) COMMENT 'amount in currency',
    currency String COMMENT 'ISO 4217',
    agent_id String COMMENT 'agent',
    user_key String COMMENT 'person for whom it was done, a pseudonym',
    workspace_id String COMMENT 'workspace',
    use_case String COMMENT 'registered use case',
    run_id String COMMENT 'run',
    call_id String COMMENT 'call',
    effect_id String COMMENT 'effect; of several the first',
    case_keys Array(String) COMMENT 'cases, as in timeline_by_case',
    object_keys Array(String) COMMENT 'business objects, as in timeline_by_object',
    confirmed Bool COMMENT 'the system of record itself reports it',
    reverted Bool COMMENT 'it was undone',
    evidence_grades Array(String) COMMENT 'who vouches for its events',
    event_ids Array(String) COMMENT 'its events'
)
AS SELECT * FROM ${generation}.report_effects_without_decision;

-- Grain: one row per day and everything before actions.
CREATE OR REPLACE VIEW ${public}.report_policy_enforcement
(
    tenant_id String COMMENT 'tenant',
    day Date COMMENT 'day, UTC',
    environment String COMMENT 'environment',
    policy_id String COMMENT 'policy',
    policy_version String COMMENT 'its version',
    rule_id String COMMENT 'rule that decided',
    decision String COMMENT 'the strictest decision of a policy: allow, mask, require_approval, deny; empty without one',
    enforcement String COMMENT 'enforced, advisory, failed_open, failed_closed',
    actions UInt64 COMMENT 'distinct actions',
    executed UInt64 COMMENT 'of them executed',
    denied_nothing_executed UInt64 COMMENT 'denied, and nothing executed',
    executed_against_decision UInt64 COMMENT 'executed although denied or not approved',
    decided_by_human UInt64 COMMENT 'decided by a human',
    agents UInt64 COMMENT 'distinct agents',
    users UInt64 COMMENT 'distinct persons'
)
AS SELECT * FROM ${generation}.report_policy_enforcement;

-- Grain: one row per act of oversight. Key: act, subject.
CREATE OR REPLACE VIEW ${public}.report_human_oversight
(
    tenant_id String COMMENT 'tenant',
    day Date COMMENT 'day, UTC',
    at DateTime64(6, 'UTC') COMMENT 'when it happened',
    act String COMMENT 'approval, override, escalation, review, exception, suspension, resumption',
    subject String COMMENT 'approval_id, else the event',
    result String COMMENT 'what came of it, a code; open for an approval without a decision',
    decided_at Nullable(DateTime64(6, 'UTC')) COMMENT 'when it was decided',
    decided_by String COMMENT 'who decided, a pseudonym',
    threshold Nullable(Float64) COMMENT 'threshold that demanded it',
    value Nullable(Float64) COMMENT 'value held against it',
    unit String COMMENT 'unit of both',
    wait_ms Nullable(Int64) COMMENT 'from request to decision',
    shown_fields String COMMENT 'codes of what the human was shown',
    agent_id String COMMENT 'agent',
    run_id String COMMENT 'run',
    call_id String COMMENT 'call',
    workspace_id String COMMENT 'workspace',
    use_case String COMMENT 'registered use case',
    case_keys Array(String) COMMENT 'cases, as in timeline_by_case',
    event_ids Array(String) COMMENT 'its events'
)
AS SELECT * FROM ${generation}.report_human_oversight;

-- Grain: one row per day and everything before events.
CREATE OR REPLACE VIEW ${public}.report_masking
(
    tenant_id String COMMENT 'tenant',
    day Date COMMENT 'day, UTC',
    workspace_id String COMMENT 'workspace',
    use_case String COMMENT 'registered use case',
    step String COMMENT 'inspected, transformed, blocked',
    category String COMMENT 'category of what was found',
    path String COMMENT 'field',
    direction String COMMENT 'prompt, response, tool_args, tool_result, retrieval, file',
    method String COMMENT 'mask, tokenise, remove, generalise',
    detector_id String COMMENT 'detector',
    detector_version String COMMENT 'its version',
    verdict String COMMENT 'detected, transformed, blocked, allowed',
    events UInt64 COMMENT 'distinct events',
    findings Int64 COMMENT 'places',
    sessions UInt64 COMMENT 'distinct sessions',
    runs UInt64 COMMENT 'distinct runs'
)
AS SELECT * FROM ${generation}.report_masking;

-- Grain: one row per day and everything before accesses.
CREATE OR REPLACE VIEW ${public}.report_data_access
(
    tenant_id String COMMENT 'tenant',
    day Date COMMENT 'day, UTC',
    access String COMMENT 'kind of event',
    data_system String COMMENT 'index or system that holds the data',
    data_type String COMMENT 'document, memory, or type of the object',
    agent_id String COMMENT 'agent',
    workspace_id String COMMENT 'workspace',
    use_case String COMMENT 'registered use case',
    purpose String COMMENT 'purpose',
    legal_basis String COMMENT 'legal basis',
    accesses UInt64 COMMENT 'times',
    items UInt64 COMMENT 'distinct documents or objects',
    users UInt64 COMMENT 'distinct persons',
    runs UInt64 COMMENT 'distinct runs',
    categories Array(String) COMMENT 'categories of data'
)
AS SELECT * FROM ${generation}.report_data_access;

-- Grain: one row per event. Key: event_id.
CREATE OR REPLACE VIEW ${public}.report_disclosures
(
    tenant_id String COMMENT 'tenant',
    day Date COMMENT 'day, UTC',
    at DateTime64(6, 'UTC') COMMENT 'when it happened',
    event_id String COMMENT 'event',
    disclosure String COMMENT 'kind of event',
    destination String COMMENT 'where it went',
    channel String COMMENT 'web, mobile, api, ide, batch',
    recipients UInt64 COMMENT 'recipients',
    external_recipients UInt32 COMMENT 'of them outside',
    external_domains Array(String) COMMENT 'their domains',
    artifact_id String COMMENT 'artifact',
    artifact_version String COMMENT 'its version',
    media_type String COMMENT 'media type',
    size_bytes Nullable(Int64) COMMENT 'size',
    outcome_status String COMMENT 'how it ended',
    labels Array(String) COMMENT 'labels',
    categories Array(String) COMMENT 'categories of data',
    agent_id String COMMENT 'agent',
    user_key String COMMENT 'person for whom it was done, a pseudonym',
    workspace_id String COMMENT 'workspace',
    use_case String COMMENT 'registered use case',
    legal_basis String COMMENT 'legal basis',
    session_id String COMMENT 'conversation',
    run_id String COMMENT 'run',
    call_id String COMMENT 'call',
    decision_id String COMMENT 'decision',
    approval_id String COMMENT 'approval',
    case_keys Array(String) COMMENT 'cases, as in timeline_by_case',
    object_keys Array(String) COMMENT 'business objects, as in timeline_by_object'
)
AS SELECT * FROM ${generation}.report_disclosures;

-- Grain: one row per day, connector and source system.
CREATE OR REPLACE VIEW ${public}.report_coverage
(
    tenant_id String COMMENT 'tenant',
    day Date COMMENT 'day, UTC',
    connector_id String COMMENT 'connector, from its credential',
    source_system String COMMENT 'system that the facts come from',
    events UInt64 COMMENT 'events',
    late_events UInt64 COMMENT 'events that came late',
    runs_begun UInt64 COMMENT 'runs begun',
    runs_ended UInt64 COMMENT 'runs ended',
    calls_requested UInt64 COMMENT 'requests of tools and models',
    calls_answered UInt64 COMMENT 'answers of tools and models',
    items_refused UInt64 COMMENT 'items refused at the door',
    gaps UInt64 COMMENT 'gaps found that day',
    gaps_closed UInt64 COMMENT 'of them closed since',
    numbers_missing Int64 COMMENT 'numbers that are still missing from them'
)
AS SELECT * FROM ${generation}.report_coverage;

-- Grain: one row per day and everything before times.
CREATE OR REPLACE VIEW ${public}.report_readers
(
    tenant_id String COMMENT 'tenant',
    day Date COMMENT 'day, UTC',
    reader String COMMENT 'who, a pseudonym',
    role String COMMENT 'role of the credential',
    activity String COMMENT 'kind of event',
    kind String COMMENT 'timeline, search, resolve, sql, report, …',
    route String COMMENT 'route asked',
    report_id String COMMENT 'report',
    times UInt64 COMMENT 'times',
    denied UInt64 COMMENT 'of them refused',
    rows_answered Int64 COMMENT 'rows answered',
    reasons UInt64 COMMENT 'distinct reasons given',
    first_at DateTime64(6, 'UTC') COMMENT 'first time that day',
    last_at DateTime64(6, 'UTC') COMMENT 'last time that day'
)
AS SELECT * FROM ${generation}.report_readers;
