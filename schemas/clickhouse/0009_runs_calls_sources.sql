-- Calls of models, runs, sessions, gaps and sources, each with one row of its grain.

-- A call is told by two parties at times, the agent and a gateway: then the better evidence gives the figures, once.
CREATE OR REPLACE VIEW ${generation}.public_model_calls AS
SELECT
    e.tenant_id AS tenant_id, e.own_run AS root_run_id, e.call_id, e.attempt_number AS attempt,
    multiIf(countIf(e.completed) > 0, 'completed', countIf(e.failed) > 0, 'failed', 'open') AS status,
    min(e.occurred_at) AS first_at, if(countIf(e.requested) > 0, minIf(e.occurred_at, e.requested), NULL) AS requested_at, if(countIf(e.ended) > 0, maxIf(e.occurred_at, e.ended), NULL) AS ended_at,
    argMaxIf(e.provider, e.rank, e.provider != '') AS model_provider, argMaxIf(e.request_model, e.rank, e.request_model != '') AS request_model, argMaxIf(e.response_model, e.rank, e.response_model != '') AS response_model,
    argMaxIf(e.hosted, e.rank, e.hosted != 'unknown') AS model_hosted, argMaxIf(e.model_region, e.rank, e.model_region != '') AS model_region,
    argMaxIf(e.input_tokens, e.rank, e.has_usage) AS input_tokens, argMaxIf(e.output_tokens, e.rank, e.has_usage) AS output_tokens, argMaxIf(e.cached_tokens, e.rank, e.has_usage) AS cached_tokens,
    argMaxIf(e.reasoning_tokens, e.rank, e.has_usage) AS reasoning_tokens, argMaxIf(e.cost, e.rank, e.cost IS NOT NULL) AS cost, argMaxIf(e.currency, e.rank, e.cost IS NOT NULL) AS currency,
    argMaxIf(e.duration_ms, e.rank, e.duration_ms IS NOT NULL) AS duration_ms, argMaxIf(e.first_chunk_ms, e.rank, e.first_chunk_ms IS NOT NULL) AS first_chunk_ms,
    argMaxIf(e.finish_reason, e.rank, e.finish_reason != '') AS finish_reason, argMaxIf(e.outcome, e.rank, e.ended) AS outcome_status, argMaxIf(e.error_type, e.rank, e.error_type != '') AS error_type,
    argMinIf(e.run_id, e.place, e.run_id != '') AS run_id, argMinIf(e.session_id, e.place, e.session_id != '') AS session_id, argMinIf(e.turn_id, e.place, e.turn_id != '') AS turn_id, argMinIf(e.step_id, e.place, e.step_id != '') AS step_id,
    argMinIf(e.agent, e.place, e.agent != '') AS agent_id, argMinIf(e.config, e.place, e.config != '') AS agent_config_id, argMinIf(e.person, e.place, e.person != '') AS user_key,
    argMinIf(e.workspace_id, e.place, e.workspace_id != '') AS workspace_id, argMinIf(e.org_unit, e.place, e.org_unit != '') AS org_unit, argMinIf(e.use_case, e.place, e.use_case != '') AS use_case,
    argMinIf(e.ai_system_id, e.place, e.ai_system_id != '') AS ai_system_id, argMin(e.environment, e.place) AS environment, argMinIf(e.channel, e.place, e.channel != 'unknown') AS channel,
    arraySort(groupUniqArray(e.source_system)) AS source_systems, arraySort(groupUniqArray(e.evidence_grade)) AS evidence_grades, arraySort(groupUniqArray(e.event_id)) AS event_ids
FROM
(
    SELECT
        *, if(root_run_id != '', root_run_id, run_id) AS own_run, ifNull(attempt, 1) AS attempt_number, `agent.id` AS agent, `agent.config_id` AS config, audit_person(on_behalf_of, `actor.type`, `actor.id`) AS person,
        `model.provider` AS provider, `model.request_model` AS request_model, `model.response_model` AS response_model, `model.hosted` AS hosted, `model.region` AS model_region,
        `usage.input_tokens` AS input_tokens, `usage.output_tokens` AS output_tokens, `usage.cached_tokens` AS cached_tokens, `usage.reasoning_tokens` AS reasoning_tokens, `usage.cost` AS cost,
        `usage.currency` AS currency, `usage.duration_ms` AS duration_ms, `usage.first_chunk_ms` AS first_chunk_ms, `usage.finish_reason` AS finish_reason, `outcome.status` AS outcome,
        details['error_type'] AS error_type, `source.system` AS source_system,
        event_type = 'model.call.requested' AS requested, event_type = 'model.call.completed' AS completed, event_type = 'model.call.failed' AS failed, completed OR failed AS ended,
        input_tokens IS NOT NULL OR output_tokens IS NOT NULL AS has_usage, (occurred_at, event_id) AS place,
        (ended, transform(evidence_grade, ['self_reported', 'third_party', 'gateway_observed', 'system_of_record'], [1, 2, 3, 4], 0), occurred_at, event_id) AS rank
    FROM ${generation}.facts WHERE event_type IN ('model.call.requested', 'model.call.completed', 'model.call.failed')
) AS e
GROUP BY e.tenant_id, e.own_run, e.call_id, e.attempt_number;

CREATE OR REPLACE VIEW ${generation}.public_runs AS
SELECT
    e.tenant_id AS tenant_id, e.run_id AS run_id, argMinIf(e.root_run_id, e.place, e.root_run_id != '') AS root_run_id, argMinIf(e.parent_run_id, e.place, e.parent_run_id != '') AS parent_run_id,
    multiIf(countIf(e.event_type IN ('run.completed', 'run.failed', 'run.stopped')) = 0, 'open', substring(argMaxIf(e.event_type, e.place, e.event_type IN ('run.completed', 'run.failed', 'run.stopped')), 5)) AS status,
    min(e.occurred_at) AS started_at, toBool(countIf(e.event_type = 'run.started') > 0) AS start_recorded,
    if(status = 'open', NULL, maxIf(e.occurred_at, e.event_type IN ('run.completed', 'run.failed', 'run.stopped'))) AS ended_at, max(e.occurred_at) AS last_event_at,
    if(status = 'open', NULL, intDiv(dateDiff('microsecond', started_at, assumeNotNull(ended_at)), 1000)) AS duration_ms,
    argMaxIf(e.`run.end_reason`, e.place, e.`run.end_reason` != '') AS end_reason, argMaxIf(e.`run.error_type`, e.place, e.`run.error_type` != '') AS error_type,
    argMinIf(e.`run.trigger`, e.place, e.`run.trigger` != '') AS trigger, argMinIf(e.`run.automation_level`, e.place, e.`run.automation_level` != 'unknown') AS automation_level,
    argMinIf(e.session_id, e.place, e.session_id != '') AS session_id, argMinIf(e.task_id, e.place, e.task_id != '') AS task_id,
    argMinIf(e.`agent.id`, e.place, e.`agent.id` != '') AS agent_id, argMinIf(e.`agent.version`, e.place, e.`agent.version` != '') AS agent_version, argMinIf(e.`agent.config_id`, e.place, e.`agent.config_id` != '') AS agent_config_id,
    argMinIf(e.person, e.place, e.person != '') AS user_key, argMinIf(e.workspace_id, e.place, e.workspace_id != '') AS workspace_id, argMinIf(e.org_unit, e.place, e.org_unit != '') AS org_unit,
    argMinIf(e.use_case, e.place, e.use_case != '') AS use_case, argMinIf(e.ai_system_id, e.place, e.ai_system_id != '') AS ai_system_id, argMin(e.environment, e.place) AS environment,
    count() AS events, countIf(e.late) AS late_events,
    uniqExactIf(e.call_id, startsWith(e.event_type, 'model.call.')) AS model_calls, uniqExactIf(e.call_id, e.event_type = 'model.call.failed') AS model_calls_failed,
    uniqExactIf(e.call_id, startsWith(e.event_type, 'tool.call.')) AS tool_calls,
    uniqExactIf(e.call_id, e.event_type = 'tool.call.failed' OR e.event_type = 'tool.call.completed' AND e.`outcome.status` = 'failure') AS tool_calls_failed,
    uniqExactIf(e.call_id, e.event_type IN ('model.call.requested', 'tool.call.requested')) - uniqExactIf(e.call_id, e.event_type IN ('model.call.requested', 'tool.call.requested') AND e.answered) AS calls_without_answer,
    uniqExactIf(if(e.effect_id != '', e.effect_id, e.event_key), e.event_type IN ('object.changed', 'object.change.reverted', 'message.sent', 'process.triggered')) AS effects,
    countIf(e.event_type IN ('retrieval.performed', 'memory.read', 'object.read')) AS retrievals,
    countIf(e.event_type = 'policy.evaluated') AS policy_decisions, countIf(e.event_type = 'policy.evaluated' AND e.`policy.decision` = 'deny' OR e.event_type = 'content.blocked') AS denials,
    uniqExactIf(e.approval_id, e.event_type = 'approval.requested') AS approvals_requested, uniqExactIf(e.approval_id, e.event_type = 'approval.decided') AS approvals_decided,
    countIf(e.event_type = 'content.transformed') AS maskings, countIf(e.event_type = 'escalation.raised') AS escalations, countIf(e.event_type = 'policy.exception.raised') AS exceptions,
    max(e.`run.expected_model_calls`) AS expected_model_calls, max(e.`run.expected_tool_calls`) AS expected_tool_calls, max(e.`run.expected_effects`) AS expected_effects,
    arraySort(groupUniqArrayIf(if(e.`model.response_model` != '', e.`model.response_model`, e.`model.request_model`), e.`model.request_model` != '' OR e.`model.response_model` != '')) AS models,
    arraySort(groupUniqArrayIf(e.`model.provider`, e.`model.provider` != '')) AS model_providers, arraySort(groupUniqArrayIf(e.`tool.name`, e.`tool.name` != '')) AS tools,
    arraySort(groupUniqArray(e.`source.system`)) AS source_systems,
    arraySort(groupUniqArrayArray(arrayMap(ref -> audit_case_key(ref.system, ref.id), e.case_refs))) AS case_keys,
    arraySort(groupUniqArrayArray(arrayMap(ref -> audit_object_key(ref.system, ref.type, ref.id), e.object_refs))) AS object_keys
FROM
(
    SELECT
        *, (occurred_at, event_id) AS place, audit_person(on_behalf_of, `actor.type`, `actor.id`) AS person,
        max(event_type IN ('model.call.completed', 'model.call.failed', 'tool.call.completed', 'tool.call.failed')) OVER (PARTITION BY run_id, call_id) AS answered
    FROM ${generation}.facts WHERE run_id != ''
) AS e
GROUP BY e.tenant_id, e.run_id;

CREATE OR REPLACE VIEW ${generation}.public_sessions AS
SELECT
    e.tenant_id AS tenant_id, e.session_id AS session_id, min(e.occurred_at) AS started_at, max(e.occurred_at) AS last_event_at,
    toBool(countIf(e.event_type = 'identity.session.ended') > 0) AS end_recorded,
    argMinIf(e.person, e.place, e.person != '') AS user_key, argMinIf(e.workspace_id, e.place, e.workspace_id != '') AS workspace_id, argMinIf(e.org_unit, e.place, e.org_unit != '') AS org_unit,
    argMinIf(e.use_case, e.place, e.use_case != '') AS use_case, argMinIf(e.channel, e.place, e.channel != 'unknown') AS channel, argMinIf(e.client_app, e.place, e.client_app != '') AS client_app,
    argMin(e.environment, e.place) AS environment, count() AS events, uniqExactIf(e.turn_id, e.turn_id != '') AS turns, uniqExactIf(e.run_id, e.run_id != '') AS runs,
    countIf(e.event_type = 'interaction.prompt.submitted') AS prompts, countIf(e.event_type = 'interaction.response.delivered') AS responses,
    uniqExactIf(e.call_id, startsWith(e.event_type, 'model.call.')) AS model_calls, uniqExactIf(e.call_id, startsWith(e.event_type, 'tool.call.')) AS tool_calls,
    -- In the order in which they were first called.
    arrayDistinct(arrayMap(one -> one.2, arraySort(groupUniqArrayIf((e.place, e.`model.provider`), e.`model.provider` != '' AND startsWith(e.event_type, 'model.call.'))))) AS providers_in_order,
    arrayDistinct(arrayMap(one -> one.2, arraySort(groupUniqArrayIf((e.place, e.`model.request_model`), e.`model.request_model` != '' AND startsWith(e.event_type, 'model.call.'))))) AS models_in_order,
    uniqExactIf(e.`comparison.comparison_id`, e.`comparison.comparison_id` != '') AS comparisons, countIf(e.event_type = 'interaction.response.selected') AS selections,
    countIf(e.event_type = 'content.inspected') AS inspections, countIf(e.event_type = 'content.transformed') AS maskings, countIf(e.event_type = 'content.blocked') AS blocks,
    countIf(e.event_type = 'policy.evaluated' AND e.`policy.decision` = 'deny') AS denials,
    uniqExactIf(e.`artifact.artifact_id`, e.`artifact.artifact_id` != '') AS artifacts, countIf(e.event_type IN ('content.exported', 'content.shared', 'content.copied')) AS disclosures,
    arraySort(groupUniqArrayArray(arrayMap(ref -> audit_case_key(ref.system, ref.id), e.case_refs))) AS case_keys
FROM (SELECT *, (occurred_at, event_id) AS place, audit_person(on_behalf_of, `actor.type`, `actor.id`) AS person FROM ${generation}.facts WHERE session_id != '' AND NOT audit_is_access(kafka_topic)) AS e
GROUP BY e.tenant_id, e.session_id;

-- Numbers that somebody declared missing. Without a stream it is another kind of silence, told once per event.
CREATE OR REPLACE VIEW ${generation}.public_gaps AS
SELECT
    e.tenant_id AS tenant_id, e.stream AS stream_id, e.first AS from_seq, e.last AS to_seq, e.own AS declared_without_stream,
    splitByChar('/', e.stream)[1] AS connector_id, if(from_seq IS NULL OR to_seq IS NULL, NULL, to_seq - from_seq + 1) AS missing,
    argMinIf(e.kind, e.place, e.kind NOT IN ('', 'unknown')) AS gap_kind, argMinIf(e.cause, e.place, e.cause != '') AS cause,
    if(countIf(e.detected) > 0, minIf(e.occurred_at, e.detected), NULL) AS detected_at, toBool(countIf(NOT e.detected) > 0) AS closed, if(closed, maxIf(e.occurred_at, NOT e.detected), NULL) AS closed_at,
    arraySort(groupUniqArray(e.event_id)) AS event_ids
FROM
(
    SELECT
        tenant_id, event_id, occurred_at, (occurred_at, event_id) AS place, `gap.stream_id` AS stream, `gap.from_seq` AS first, `gap.to_seq` AS last, `gap.kind` AS kind, details['cause'] AS cause,
        if(`gap.stream_id` = '', event_key, '') AS own, event_type = 'collector.gap.detected' AS detected
    FROM ${generation}.facts WHERE event_type IN ('collector.gap.detected', 'collector.gap.closed')
) AS e
GROUP BY e.tenant_id, e.stream, e.first, e.last, e.own;

CREATE OR REPLACE VIEW ${generation}.public_sources AS
SELECT
    e.tenant_id AS tenant_id, e.source_system AS source_system, e.connector AS connector_id,
    min(e.occurred_at) AS first_occurred_at, max(e.occurred_at) AS last_occurred_at, max(e.observed_at) AS last_observed_at,
    count() AS events, uniqExact(e.event_type) AS event_types, uniqExactIf(e.run_id, e.run_id != '') AS runs, uniqExact(e.stream_id) AS streams,
    countIf(e.late) AS late_events, max(if(e.basis = 'source', dateDiff('second', e.occurred_at, e.observed_at), 0)) AS longest_delay_s,
    countIf(e.basis != 'source') AS events_not_dated_by_source,
    sum(e.copies - 1) AS duplicates, countIf(e.conflict) AS conflicts,
    arraySort(groupUniqArray(e.evidence_grade)) AS evidence_grades, arraySort(groupUniqArray(e.origin_format)) AS origin_formats, arraySort(groupUniqArray(e.environment)) AS environments
FROM
(
    SELECT
        row.tenant_id AS tenant_id, row.event_id AS event_id, row.event_type AS event_type, row.occurred_at AS occurred_at, row.observed_at AS observed_at, row.time_basis AS basis, row.run_id AS run_id,
        row.stream_id AS stream_id, row.late AS late, row.evidence_grade AS evidence_grade, row.environment AS environment, row.`source.system` AS source_system, row.`source.connector_id` AS connector,
        row.`source.origin_format` AS origin_format, greatest(length(copies.places), 1) AS copies, copies.conflict = 1 AS conflict
    FROM ${generation}.facts AS row LEFT JOIN ${generation}.session_copies AS copies ON copies.event_key = row.event_key
) AS e
GROUP BY e.tenant_id, e.source_system, e.connector;
