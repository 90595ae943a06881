-- Calls of models and of sessions anew (0009 made them first): a call counts within its run, else its session, else its stream, as in `actions`.

-- A call is told by two parties at times, the agent and a gateway: then the better evidence gives the figures, once.
CREATE OR REPLACE VIEW ${generation}.public_model_calls AS
SELECT
    e.tenant_id AS tenant_id, e.call_scope AS call_scope, if(startsWith(e.call_scope, 'run/'), substring(e.call_scope, 5), '') AS root_run_id, e.call_id AS call_id, e.attempt_number AS attempt,
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
        *, if(root_run_id != '', root_run_id, run_id) AS own_run,
        (minIf(own_run, own_run != '') OVER of_call, maxIf(own_run, own_run != '') OVER of_call) AS runs,
        (minIf(session_id, own_run != '' AND session_id != '') OVER of_call, maxIf(session_id, own_run != '' AND session_id != '') OVER of_call) AS run_sessions,
        (minIf(session_id, own_run = '' AND session_id != '') OVER of_call, maxIf(session_id, own_run = '' AND session_id != '') OVER of_call) AS sessions,
        audit_call_scope(own_run, session_id, stream_id, true, runs, run_sessions, sessions, ('', '')) AS call_scope,
        ifNull(attempt, 1) AS attempt_number, `agent.id` AS agent, `agent.config_id` AS config, audit_person(on_behalf_of, `actor.type`, `actor.id`) AS person,
        `model.provider` AS provider, `model.request_model` AS request_model, `model.response_model` AS response_model, `model.hosted` AS hosted, `model.region` AS model_region,
        `usage.input_tokens` AS input_tokens, `usage.output_tokens` AS output_tokens, `usage.cached_tokens` AS cached_tokens, `usage.reasoning_tokens` AS reasoning_tokens, `usage.cost` AS cost,
        `usage.currency` AS currency, `usage.duration_ms` AS duration_ms, `usage.first_chunk_ms` AS first_chunk_ms, `usage.finish_reason` AS finish_reason, `outcome.status` AS outcome,
        details['error_type'] AS error_type, `source.system` AS source_system,
        event_type = 'model.call.requested' AS requested, event_type = 'model.call.completed' AS completed, event_type = 'model.call.failed' AS failed, completed OR failed AS ended,
        input_tokens IS NOT NULL OR output_tokens IS NOT NULL AS has_usage, (occurred_at, event_id) AS place,
        (ended, transform(evidence_grade, ['self_reported', 'third_party', 'gateway_observed', 'system_of_record'], [1, 2, 3, 4], 0), occurred_at, event_id) AS rank
    FROM ${generation}.facts WHERE event_type IN ('model.call.requested', 'model.call.completed', 'model.call.failed')
    WINDOW of_call AS (PARTITION BY call_id)
) AS e
GROUP BY e.tenant_id, e.call_scope, e.call_id, e.attempt_number;

CREATE OR REPLACE VIEW ${generation}.public_sessions AS
SELECT
    e.tenant_id AS tenant_id, e.session_id AS session_id, min(e.occurred_at) AS started_at, max(e.occurred_at) AS last_event_at,
    toBool(countIf(e.event_type = 'identity.session.ended') > 0) AS end_recorded,
    argMinIf(e.person, e.place, e.person != '') AS user_key, argMinIf(e.workspace_id, e.place, e.workspace_id != '') AS workspace_id, argMinIf(e.org_unit, e.place, e.org_unit != '') AS org_unit,
    argMinIf(e.use_case, e.place, e.use_case != '') AS use_case, argMinIf(e.channel, e.place, e.channel != 'unknown') AS channel, argMinIf(e.client_app, e.place, e.client_app != '') AS client_app,
    argMin(e.environment, e.place) AS environment, count() AS events, uniqExactIf(e.turn_id, e.turn_id != '') AS turns, uniqExactIf(e.run_id, e.run_id != '') AS runs,
    countIf(e.event_type = 'interaction.prompt.submitted') AS prompts, countIf(e.event_type = 'interaction.response.delivered') AS responses,
    uniqExactIf((e.call_run, e.call_id), startsWith(e.event_type, 'model.call.')) AS model_calls, uniqExactIf((e.call_run, e.call_id), startsWith(e.event_type, 'tool.call.')) AS tool_calls,
    -- In the order in which they were first called.
    arrayDistinct(arrayMap(one -> one.2, arraySort(groupUniqArrayIf((e.place, e.`model.provider`), e.`model.provider` != '' AND startsWith(e.event_type, 'model.call.'))))) AS providers_in_order,
    arrayDistinct(arrayMap(one -> one.2, arraySort(groupUniqArrayIf((e.place, e.`model.request_model`), e.`model.request_model` != '' AND startsWith(e.event_type, 'model.call.'))))) AS models_in_order,
    uniqExactIf(e.`comparison.comparison_id`, e.`comparison.comparison_id` != '') AS comparisons, countIf(e.event_type = 'interaction.response.selected') AS selections,
    countIf(e.event_type = 'content.inspected') AS inspections, countIf(e.event_type = 'content.transformed') AS maskings, countIf(e.event_type = 'content.blocked') AS blocks,
    countIf(e.event_type = 'policy.evaluated' AND e.`policy.decision` = 'deny') AS denials,
    uniqExactIf(e.`artifact.artifact_id`, e.`artifact.artifact_id` != '') AS artifacts, countIf(e.event_type IN ('content.exported', 'content.shared', 'content.copied')) AS disclosures,
    arraySort(groupUniqArrayArray(arrayMap(ref -> audit_case_key(ref.system, ref.id), e.case_refs))) AS case_keys
FROM
(
    SELECT
        *, (occurred_at, event_id) AS place, audit_person(on_behalf_of, `actor.type`, `actor.id`) AS person, if(root_run_id != '', root_run_id, run_id) AS own_run,
        -- Two runs of one session may use one call id; what names no run is of the only run that has the call.
        multiIf(own_run != '', own_run, minIf(own_run, own_run != '') OVER of_call = maxIf(own_run, own_run != '') OVER of_call, minIf(own_run, own_run != '') OVER of_call, '') AS call_run
    FROM ${generation}.facts WHERE session_id != '' AND NOT audit_is_access(kafka_topic)
    WINDOW of_call AS (PARTITION BY session_id, call_id)
) AS e
GROUP BY e.tenant_id, e.session_id;
