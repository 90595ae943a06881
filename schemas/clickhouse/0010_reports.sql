-- Reports: what GET /v1/reports answers and data teams read as audit.report_*. Every one has a day, UTC, by which it is cut.

-- Which AI was used for what, where, by how many.
CREATE OR REPLACE VIEW ${generation}.report_ai_use AS
SELECT
    call.tenant_id AS tenant_id, toDate(call.first_at) AS day, call.environment AS environment, call.workspace_id AS workspace_id, call.org_unit AS org_unit, call.use_case AS use_case,
    call.ai_system_id AS ai_system_id, call.model_provider AS model_provider, if(call.response_model != '', call.response_model, call.request_model) AS model, call.model_hosted AS model_hosted,
    count() AS model_calls, countIf(call.status = 'completed') AS completed, countIf(call.status = 'failed') AS failed, countIf(call.status = 'open') AS unanswered,
    uniqExactIf(call.user_key, call.user_key != '') AS users, uniqExactIf(call.agent_id, call.agent_id != '') AS agents, uniqExactIf(call.session_id, call.session_id != '') AS sessions,
    uniqExactIf(call.run_id, call.run_id != '') AS runs
FROM ${generation}.public_model_calls AS call
GROUP BY tenant_id, day, environment, workspace_id, org_unit, use_case, ai_system_id, model_provider, model, model_hosted;

CREATE OR REPLACE VIEW ${generation}.report_usage_cost AS
SELECT
    call.tenant_id AS tenant_id, toDate(call.first_at) AS day, call.environment AS environment, call.workspace_id AS workspace_id, call.org_unit AS org_unit, call.use_case AS use_case,
    call.agent_id AS agent_id, call.model_provider AS model_provider, if(call.response_model != '', call.response_model, call.request_model) AS model, call.currency AS currency,
    count() AS model_calls, countIf(call.input_tokens IS NULL AND call.output_tokens IS NULL) AS calls_without_usage, countIf(call.cost IS NULL) AS calls_without_cost,
    sum(ifNull(call.input_tokens, 0)) AS input_tokens, sum(ifNull(call.output_tokens, 0)) AS output_tokens, sum(ifNull(call.cached_tokens, 0)) AS cached_tokens,
    sum(ifNull(call.reasoning_tokens, 0)) AS reasoning_tokens, sum(ifNull(call.cost, toDecimal128(0, 12))) AS cost
FROM ${generation}.public_model_calls AS call
GROUP BY tenant_id, day, environment, workspace_id, org_unit, use_case, agent_id, model_provider, model, currency;

-- What an AI did to the world although nobody's rule or approval is on record. Reading and calling models are not in it.
CREATE OR REPLACE VIEW ${generation}.report_effects_without_decision AS
SELECT
    tenant_id, toDate(first_at) AS day, first_at AS at, action_key, kind, tool_name, tool_tier, target_system, effect_kind, document_no, amount, currency, agent_id, user_key, workspace_id, use_case,
    run_id, call_id, effect_id, case_keys, object_keys, confirmed, reverted, evidence_grades, event_ids
FROM ${generation}.public_actions
WHERE agreement = 'executed_without_decision' AND actor_type != 'human' AND kind IN ('tool_call', 'effect') AND (effects > 0 OR tool_tier IN ('write', 'destructive'));

-- What each rule decided, and whether what followed kept to it.
CREATE OR REPLACE VIEW ${generation}.report_policy_enforcement AS
SELECT
    tenant_id, toDate(assumeNotNull(decided_at)) AS day, environment, policy_id, policy_version, rule_id, decision, enforcement,
    count() AS actions, countIf(action.executed) AS executed, countIf(decision = 'deny' AND NOT action.executed) AS denied_nothing_executed,
    countIf(action.executed AND (decision = 'deny' OR (decision = 'require_approval' AND approval != 'approved'))) AS executed_against_decision,
    countIf(approval != '') AS decided_by_human, uniqExactIf(agent_id, agent_id != '') AS agents, uniqExactIf(user_key, user_key != '') AS users
FROM ${generation}.public_actions AS action
WHERE decision != ''
GROUP BY tenant_id, day, environment, policy_id, policy_version, rule_id, decision, enforcement;

-- Each time a human was asked, stepped in, took over or looked again.
CREATE OR REPLACE VIEW ${generation}.report_human_oversight AS
SELECT
    e.tenant_id AS tenant_id, toDate(min(e.occurred_at)) AS day, min(e.occurred_at) AS at, e.act AS act, if(e.act = 'approval', e.subject, min(e.event_id)) AS subject,
    if(e.act = 'approval', if(countIf(e.decided) = 0, 'open', argMaxIf(e.approval, e.place, e.decided)), argMax(e.result, e.place)) AS result,
    if(countIf(e.decided) > 0, maxIf(e.occurred_at, e.decided), NULL) AS decided_at, argMaxIf(e.approver, e.place, e.approver != '') AS decided_by,
    argMaxIf(e.threshold, e.place, e.threshold IS NOT NULL) AS threshold, argMaxIf(e.value, e.place, e.value IS NOT NULL) AS value, argMaxIf(e.unit, e.place, e.unit != '') AS unit,
    argMaxIf(e.wait_ms, e.place, e.wait_ms IS NOT NULL) AS wait_ms, argMaxIf(e.shown, e.place, e.shown != '') AS shown_fields,
    argMinIf(e.agent, e.place, e.agent != '') AS agent_id, argMinIf(e.run_id, e.place, e.run_id != '') AS run_id, argMinIf(e.call_id, e.place, e.call_id != '') AS call_id,
    argMinIf(e.workspace_id, e.place, e.workspace_id != '') AS workspace_id, argMinIf(e.use_case, e.place, e.use_case != '') AS use_case,
    arraySort(groupUniqArrayArray(arrayMap(ref -> audit_case_key(ref.system, ref.id), e.case_refs))) AS case_keys, arraySort(groupUniqArray(e.event_id)) AS event_ids
FROM
(
    SELECT
        tenant_id, event_id, occurred_at, (occurred_at, event_id) AS place, run_id, call_id, workspace_id, use_case, case_refs, `agent.id` AS agent,
        multiIf(startsWith(event_type, 'approval.'), 'approval', event_type = 'oversight.override.applied', 'override', event_type = 'escalation.raised', 'escalation', event_type = 'review.completed', 'review',
            startsWith(event_type, 'policy.exception.'), 'exception', event_type = 'agent.suspended', 'suspension', 'resumption') AS act,
        if(act = 'approval', approval_id, event_key) AS subject,
        event_type IN ('approval.decided', 'approval.expired') AS decided, if(event_type = 'approval.expired', 'expired', `approval.decision`) AS approval,
        multiIf(act = 'approval', `approval.approver`, `actor.type` = 'human', `actor.id`, '') AS approver,
        multiIf(act = 'override', details['override_kind'], act = 'escalation', details['queue'], act = 'review', details['verdict'], act = 'exception', substring(event_type, 18), details['reason']) AS result,
        `approval.threshold` AS threshold, `approval.value` AS value, `approval.unit` AS unit, `approval.wait_ms` AS wait_ms, details['shown_fields'] AS shown
    FROM ${generation}.facts
    WHERE event_type IN ('approval.requested', 'approval.decided', 'approval.expired', 'oversight.override.applied', 'escalation.raised', 'review.completed', 'policy.exception.raised',
        'policy.exception.closed', 'agent.suspended', 'agent.resumed')
) AS e
GROUP BY e.tenant_id, e.act, e.subject;

-- What detectors found and what was masked or stopped, by category and field.
CREATE OR REPLACE VIEW ${generation}.report_masking AS
SELECT
    e.tenant_id AS tenant_id, toDate(e.occurred_at) AS day, e.workspace_id AS workspace_id, e.use_case AS use_case, e.step AS step, e.found.1 AS category, e.found.2 AS path, e.direction AS direction, e.method AS method,
    e.detector_id AS detector_id, e.detector_version AS detector_version, e.verdict AS verdict,
    uniqExact(e.event_key) AS events, sum(ifNull(e.found.3, 1)) AS findings, uniqExactIf(e.session_id, e.session_id != '') AS sessions, uniqExactIf(e.run_id, e.run_id != '') AS runs
FROM
(
    SELECT
        tenant_id, event_id, event_key, occurred_at, workspace_id, use_case, session_id, run_id, substring(event_type, 9) AS step, `inspection.direction` AS direction, `transformation.method` AS method,
        `inspection.detector_id` AS detector_id, `inspection.detector_version` AS detector_version, `inspection.verdict` AS verdict,
        arrayJoin(multiIf(
            event_type = 'content.transformed' AND notEmpty(`transformation.spans`), arrayMap(span -> (span.category, span.path, span.count), `transformation.spans`),
            notEmpty(`inspection.findings`), arrayMap(finding -> (finding.category, finding.path, finding.count), `inspection.findings`),
            [('', '', toNullable(toInt64(0)))])) AS found
    FROM ${generation}.facts WHERE event_type IN ('content.inspected', 'content.transformed', 'content.blocked')
) AS e
GROUP BY tenant_id, day, workspace_id, use_case, step, category, path, direction, method, detector_id, detector_version, verdict;

-- Which data AI read: documents of an index, business objects, memories.
CREATE OR REPLACE VIEW ${generation}.report_data_access AS
SELECT
    e.tenant_id AS tenant_id, toDate(e.occurred_at) AS day, e.event_type AS access, e.data.1 AS data_system, e.data.2 AS data_type, e.agent AS agent_id, e.workspace_id AS workspace_id, e.use_case AS use_case,
    e.purpose AS purpose, e.legal_basis AS legal_basis, uniqExact(e.event_key) AS accesses, uniqExact(e.data.3) AS items, uniqExactIf(e.person, e.person != '') AS users, uniqExactIf(e.run_id, e.run_id != '') AS runs,
    arraySort(groupUniqArrayArray(e.categories)) AS categories
FROM
(
    SELECT
        tenant_id, event_id, event_key, event_type, occurred_at, `agent.id` AS agent, workspace_id, use_case, purpose, legal_basis, run_id, categories, audit_person(on_behalf_of, `actor.type`, `actor.id`) AS person,
        arrayJoin(multiIf(
            notEmpty(`retrieval.results`), arrayMap(result -> (toString(`retrieval.source_id`), 'document', result.doc_id), `retrieval.results`),
            event_type = 'object.read', arrayMap(ref -> (ref.system, ref.type, audit_object_key(ref.system, ref.type, ref.id)), object_refs),
            [(if(`retrieval.source_id` != '', toString(`retrieval.source_id`), toString(`source.system`)), if(event_type = 'memory.read', 'memory', 'document'), '')])) AS data
    FROM ${generation}.facts WHERE event_type IN ('retrieval.performed', 'object.read', 'memory.read')
) AS e
GROUP BY tenant_id, day, access, data_system, data_type, agent_id, workspace_id, use_case, purpose, legal_basis;

-- Each time something left: a message to somebody outside, an export, a share, a copy.
CREATE OR REPLACE VIEW ${generation}.report_disclosures AS
SELECT
    tenant_id, toDate(occurred_at) AS day, occurred_at AS at, event_id, event_type AS disclosure, if(`artifact.destination` != '', `artifact.destination`, `effect.target_system`) AS destination,
    `message.channel` AS channel, length(`message.recipients`) AS recipients, arrayCount(one -> one.external, `message.recipients`) AS external_recipients,
    arraySort(arrayDistinct(arrayFilter(domain -> domain != '', arrayMap(one -> one.domain, arrayFilter(one -> one.external, `message.recipients`))))) AS external_domains,
    `artifact.artifact_id` AS artifact_id, `artifact.version` AS artifact_version, `artifact.media_type` AS media_type, `artifact.size_bytes` AS size_bytes, `outcome.status` AS outcome_status,
    labels, categories, `agent.id` AS agent_id, audit_person(on_behalf_of, `actor.type`, `actor.id`) AS user_key, workspace_id, use_case, legal_basis, session_id, run_id, call_id, decision_id, approval_id,
    arraySort(arrayDistinct(arrayMap(ref -> audit_case_key(ref.system, ref.id), case_refs))) AS case_keys,
    arraySort(arrayDistinct(arrayMap(ref -> audit_object_key(ref.system, ref.type, ref.id), object_refs))) AS object_keys
FROM ${generation}.facts
WHERE event_type IN ('content.exported', 'content.shared', 'content.copied') OR (event_type = 'message.sent' AND arrayExists(one -> one.external, `message.recipients`));

-- How much of each source is on record day by day, and what is known to be missing.
CREATE OR REPLACE VIEW ${generation}.report_coverage AS
SELECT
    part.tenant_id AS tenant_id, part.day AS day, part.connector_id AS connector_id, part.source_system AS source_system,
    sum(part.events) AS events, sum(part.late_events) AS late_events, sum(part.runs_begun) AS runs_begun, sum(part.runs_ended) AS runs_ended, sum(part.intents) AS calls_requested, sum(part.answers) AS calls_answered,
    sum(part.refused) AS items_refused, sum(part.gaps) AS gaps, sum(part.gaps_closed) AS gaps_closed, sum(part.missing) AS numbers_missing
FROM
(
    SELECT
        tenant_id, toDate(occurred_at) AS day, toString(`source.connector_id`) AS connector_id, toString(`source.system`) AS source_system,
        toUInt64(countIf(event_type != 'event.rejected')) AS events, toUInt64(countIf(late)) AS late_events, toUInt64(countIf(event_type = 'run.started')) AS runs_begun,
        toUInt64(countIf(event_type IN ('run.completed', 'run.failed', 'run.stopped'))) AS runs_ended, toUInt64(countIf(event_type IN ('tool.call.requested', 'model.call.requested'))) AS intents,
        toUInt64(countIf(event_type IN ('tool.call.completed', 'tool.call.failed', 'model.call.completed', 'model.call.failed'))) AS answers,
        toUInt64(sumIf(ifNull(toUInt64OrNull(details['count']), 1), event_type = 'event.rejected')) AS refused, toUInt64(0) AS gaps, toUInt64(0) AS gaps_closed, toInt64(0) AS missing
    FROM ${generation}.facts GROUP BY tenant_id, day, connector_id, source_system
    UNION ALL
    -- A gap counts on the day when it was found, for the connector whose stream it is; which of its sources it was nobody knows.
    SELECT
        tenant_id, toDate(assumeNotNull(ifNull(detected_at, closed_at))) AS day, connector_id, '' AS source_system, 0, 0, 0, 0, 0, 0, 0, count() AS gaps, countIf(closed) AS gaps_closed, sum(if(closed, 0, ifNull(missing, 0))) AS missing
    FROM ${generation}.public_gaps GROUP BY tenant_id, day, connector_id
) AS part
GROUP BY tenant_id, day, connector_id, source_system;

-- Who looked at what: questions, SQL, reports, reveals, exports.
CREATE OR REPLACE VIEW ${generation}.report_readers AS
SELECT
    tenant_id, toDate(occurred_at) AS day, `actor.id` AS reader, details['x_role'] AS role, event_type AS activity, `query.kind` AS kind, details['route'] AS route, details['report_id'] AS report_id,
    count() AS times, countIf(`outcome.status` = 'denied') AS denied, sum(ifNull(`query.rows`, 0)) AS rows_answered, uniqExactIf(`query.reason`, `query.reason` != '') AS reasons, min(occurred_at) AS first_at, max(occurred_at) AS last_at
FROM ${generation}.facts
WHERE audit_is_access(kafka_topic) AND startsWith(event_type, 'audit.')
GROUP BY tenant_id, day, reader, role, activity, kind, route, report_id;
