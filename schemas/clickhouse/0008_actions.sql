-- Actions: whatever somebody attempted, was allowed, did; each in one row. What carries a call belongs to the call; an effect
-- without one is an action of its own; a decision or an approval that nothing followed is one, too: a denial is evidence.

CREATE OR REPLACE VIEW ${generation}.action_rows AS
SELECT
    *,
    -- One call id in two runs is two calls. An event without a run goes to the only run that has its call.
    multiIf(
        owner_call != '', concat('call/', multiIf(own_run != '', own_run, only_run[1] = only_run[2], only_run[1], ''), '/', owner_call),
        effect_id != '', concat('effect/', effect_id),
        stage IN ('decision', 'approval', 'override') AND decision_id != '', concat('decision/', decision_id),
        stage IN ('decision', 'approval') AND approval_id != '', concat('approval/', approval_id),
        concat('event/', event_key)) AS action_key
FROM
(
    SELECT
        *,
        if(owner_call = '', ['', ''], [minIf(own_run, own_run != '') OVER (PARTITION BY owner_call), maxIf(own_run, own_run != '') OVER (PARTITION BY owner_call)]) AS only_run
    FROM
    (
        SELECT
            tenant_id, event_id, event_key, event_type, occurred_at, run_id, root_run_id, session_id, call_id, effect_id, decision_id, approval_id, action_mac, case_refs, object_refs, evidence_grade,
            `agent.id` AS agent, workspace_id, use_case, ai_system_id, org_unit, environment, `source.system` AS source_system, `outcome.status` AS outcome, `outcome.code` AS outcome_code,
            audit_person(on_behalf_of, `actor.type`, `actor.id`) AS person, `actor.type` AS actor_type,
            `tool.name` AS tool, `tool.tier` AS tier, `model.provider` AS provider, `model.request_model` AS model,
            `effect.kind` AS effect_kind, `effect.target_system` AS target, `effect.document_no` AS document_no, `effect.amount` AS amount, `effect.currency` AS currency,
            if(`effect.executed_as` != '', `effect.executed_as`, `tool.executed_as`) AS executed_as,
            `policy.policy_id` AS policy_id, `policy.policy_version` AS policy_version, `policy.rule_id` AS rule_id, `policy.decision` AS decision, `policy.enforcement` AS enforcement,
            if(event_type = 'approval.expired' AND `approval.decision` = 'unknown', 'expired', `approval.decision`) AS approval, `approval.approver` AS approver,
            `approval.threshold` AS threshold, `approval.value` AS value, `approval.unit` AS unit, `approval.wait_ms` AS wait_ms,
            multiIf(
                event_type IN ('policy.evaluated', 'content.blocked'), 'decision',
                startsWith(event_type, 'approval.'), 'approval',
                event_type IN ('object.change.confirmed', 'process.completed', 'process.failed'), 'confirmation',
                event_type = 'oversight.override.applied', 'override',
                event_type = 'content.transformed', 'masking',
                event_type = 'object.change.reverted', 'revert',
                event_type IN ('tool.call.requested', 'model.call.requested'), 'intent',
                'execution') AS stage,
            event_type NOT IN ('tool.call.failed', 'model.call.failed', 'process.failed') AND outcome NOT IN ('failure', 'denied', 'timeout', 'cancelled')
                AND (stage IN ('confirmation', 'revert') OR (stage = 'execution' AND (event_type != 'tool.call.completed' OR outcome != 'unknown'))) AS did,
            (occurred_at, event_id) AS place,
            if(root_run_id != '', root_run_id, run_id) AS named_run,
            -- Who names the effect alone, as a system of record does, belongs to the call and the run of those who name more.
            multiIf(named_run != '', named_run, effect_id = '', '', max(named_run) OVER (PARTITION BY effect_id)) AS own_run,
            multiIf(call_id != '', call_id, effect_id = '', '', max(call_id) OVER (PARTITION BY effect_id)) AS owner_call,
            -- The strictest decision that binds; advice, and what a gate said that let everything pass when it failed, comes after.
            (enforcement NOT IN ('advisory', 'failed_open'), audit_strictness(decision), occurred_at, event_id) AS rank
        FROM ${generation}.facts
        WHERE event_type IN (
            'tool.call.requested', 'tool.call.completed', 'tool.call.failed', 'model.call.requested', 'model.call.completed', 'model.call.failed',
            'object.changed', 'object.change.confirmed', 'object.change.reverted', 'message.sent', 'process.triggered', 'process.completed', 'process.failed',
            'policy.evaluated', 'content.blocked', 'approval.requested', 'approval.decided', 'approval.expired', 'oversight.override.applied')
            OR (event_type = 'content.transformed' AND (call_id != '' OR effect_id != ''))
    )
);

-- What was decided under an id that an action may name without sharing a call with it.
CREATE OR REPLACE VIEW ${generation}.decisions_by_id AS
SELECT e.decision_id AS decision_id, countIf(e.stage = 'decision') AS decisions, countIf(e.stage = 'override') AS overrides, argMaxIf(e.decision, e.rank, e.stage = 'decision') AS decision,
    argMaxIf(e.policy_id, e.rank, e.stage = 'decision') AS policy_id, argMaxIf(e.policy_version, e.rank, e.stage = 'decision') AS policy_version, argMaxIf(e.rule_id, e.rank, e.stage = 'decision') AS rule_id,
    argMaxIf(e.enforcement, e.rank, e.stage = 'decision') AS enforcement, minIf(e.occurred_at, e.stage = 'decision') AS decided_at
FROM ${generation}.action_rows AS e WHERE e.decision_id != '' AND (e.stage = 'override' OR (e.stage = 'decision' AND e.decision NOT IN ('', 'unknown')))
GROUP BY e.decision_id;

CREATE OR REPLACE VIEW ${generation}.approvals_by_id AS
SELECT e.approval_id AS approval_id, minIf(e.occurred_at, e.event_type = 'approval.requested') AS requested_at, countIf(e.event_type != 'approval.requested') AS decisions,
    argMaxIf(e.approval, e.place, e.event_type != 'approval.requested') AS approval, maxIf(e.occurred_at, e.event_type != 'approval.requested') AS approved_at,
    argMaxIf(e.approver, e.place, e.approver != '') AS approver, argMaxIf(e.threshold, e.place, e.threshold IS NOT NULL) AS threshold, argMaxIf(e.value, e.place, e.value IS NOT NULL) AS value,
    argMaxIf(e.unit, e.place, e.unit != '') AS unit, argMaxIf(e.wait_ms, e.place, e.wait_ms IS NOT NULL) AS wait_ms
FROM ${generation}.action_rows AS e WHERE e.stage = 'approval' AND e.approval_id != ''
GROUP BY e.approval_id;

CREATE OR REPLACE VIEW ${generation}.action_groups AS
SELECT
    tenant_id, action_key,
    countIf(e.stage IN ('intent', 'execution', 'revert', 'confirmation')) > 0 AS doing,
    multiIf(max(e.tool) != '', 'tool_call', countIf(startsWith(e.event_type, 'model.')) > 0 OR (NOT doing AND max(e.model) != ''), 'model_call', countIf(e.stage IN ('execution', 'revert')) > 0, 'effect',
        countIf(e.stage = 'confirmation') > 0, 'confirmation', countIf(e.stage = 'decision') > 0, 'decision', 'approval') AS kind,
    argMinIf(e.run_id, e.place, e.run_id != '') AS run_id, argMinIf(e.own_run, e.place, e.own_run != '') AS root_run_id, argMinIf(e.session_id, e.place, e.session_id != '') AS session_id,
    max(e.owner_call) AS call_id, argMinIf(e.effect_id, e.place, e.effect_id != '') AS effect_id,
    argMinIf(e.decision_id, e.place, e.decision_id != '') AS decision_id, argMinIf(e.approval_id, e.place, e.approval_id != '') AS approval_id,
    argMinIf(e.agent, e.place, e.agent != '') AS agent_id, argMinIf(e.person, e.place, e.person != '') AS user_key, argMinIf(e.actor_type, e.place, e.stage IN ('intent', 'execution', 'revert', 'confirmation')) AS actor_type,
    argMinIf(e.workspace_id, e.place, e.workspace_id != '') AS workspace_id, argMinIf(e.use_case, e.place, e.use_case != '') AS use_case, argMinIf(e.ai_system_id, e.place, e.ai_system_id != '') AS ai_system_id,
    argMinIf(e.org_unit, e.place, e.org_unit != '') AS org_unit, argMin(e.environment, e.place) AS environment,
    argMinIf(e.tool, e.place, e.tool != '') AS tool_name, argMaxIf(e.tier, (e.tier = 'destructive', e.tier = 'write', e.place), e.tier != 'unknown') AS tool_tier,
    argMinIf(e.provider, e.place, e.provider != '') AS model_provider, argMinIf(e.model, e.place, e.model != '') AS model_name,
    argMinIf(e.target, e.place, e.target != '') AS target_system, argMinIf(e.effect_kind, e.place, e.effect_kind != 'unknown' AND e.effect_kind != '') AS effect_kind, argMinIf(e.document_no, e.place, e.document_no != '') AS document_no,
    argMinIf(e.amount, e.place, e.amount IS NOT NULL) AS amount, argMinIf(e.currency, e.place, e.currency != '') AS currency, argMinIf(e.executed_as, e.place, e.executed_as != '') AS executed_as,
    arraySort(groupUniqArrayArray(arrayMap(ref -> audit_case_key(ref.system, ref.id), e.case_refs))) AS case_keys,
    arraySort(groupUniqArrayArray(arrayMap(ref -> audit_object_key(ref.system, ref.type, ref.id), e.object_refs))) AS object_keys,
    arraySort(groupUniqArray(e.source_system)) AS source_systems, arraySort(groupUniqArray(e.evidence_grade)) AS evidence_grades,
    countIf(e.stage = 'intent') AS intents, minIf(e.occurred_at, e.stage = 'intent') AS requested_at,
    countIf(e.stage = 'decision' AND e.decision NOT IN ('', 'unknown')) AS decisions, countIf(e.stage = 'override') AS overrides, countIf(e.stage = 'masking') AS maskings, argMaxIf(e.decision, e.rank, e.stage = 'decision') AS decision,
    argMaxIf(e.policy_id, e.rank, e.stage = 'decision') AS policy_id, argMaxIf(e.policy_version, e.rank, e.stage = 'decision') AS policy_version,
    argMaxIf(e.rule_id, e.rank, e.stage = 'decision') AS rule_id, argMaxIf(e.enforcement, e.rank, e.stage = 'decision') AS enforcement,
    minIf(e.occurred_at, e.stage = 'decision') AS decided_at,
    countIf(e.event_type = 'content.blocked') > 0 AS blocked,
    countIf(e.stage = 'approval') AS approvals, countIf(e.stage = 'approval' AND e.event_type != 'approval.requested') AS approval_decisions,
    minIf(e.occurred_at, e.event_type = 'approval.requested') AS approval_requested_at, maxIf(e.occurred_at, e.stage = 'approval' AND e.event_type != 'approval.requested') AS approved_at,
    argMaxIf(e.approval, e.place, e.stage = 'approval' AND e.event_type != 'approval.requested') AS approval, argMaxIf(e.approver, e.place, e.approver != '') AS approver,
    argMaxIf(e.threshold, e.place, e.threshold IS NOT NULL) AS approval_threshold, argMaxIf(e.value, e.place, e.value IS NOT NULL) AS approval_value, argMaxIf(e.unit, e.place, e.unit != '') AS approval_unit,
    argMaxIf(e.wait_ms, e.place, e.wait_ms IS NOT NULL) AS approval_wait_ms,
    countIf(e.stage = 'execution') AS executions, countIf(e.did) > 0 AS executed, uniqExactIf(e.action_mac, e.action_mac != '' AND e.did) AS executed_macs, uniqExactIf(e.action_mac, e.action_mac != '' AND (e.did OR e.stage IN ('decision', 'approval'))) AS all_macs,
    countIf(e.action_mac != '' AND e.stage IN ('decision', 'approval')) AS control_macs, countIf(e.stage = 'confirmation' AND NOT e.did) AS confirmations_of_failure, uniqExactIf((e.amount, e.currency), e.amount IS NOT NULL AND e.stage IN ('execution', 'confirmation')) AS amounts, minIf(e.occurred_at, e.stage = 'execution') AS executed_at,
    argMaxIf(e.outcome, e.place, e.stage = 'execution') AS outcome_status, argMaxIf(e.outcome_code, e.place, e.stage = 'execution') AS outcome_code,
    uniqExactIf(if(e.effect_id != '', e.effect_id, e.event_key), e.stage IN ('execution', 'revert', 'confirmation') AND NOT startsWith(e.event_type, 'tool.') AND NOT startsWith(e.event_type, 'model.')) AS effects,
    countIf(e.stage = 'confirmation') AS confirmations, minIf(e.occurred_at, e.stage = 'confirmation') AS confirmed_at, argMinIf(e.source_system, e.place, e.stage = 'confirmation') AS confirmed_by,
    countIf(e.stage = 'revert') AS reverts, minIf(e.occurred_at, e.stage = 'revert') AS reverted_at,
    min(e.occurred_at) AS first_at, max(e.occurred_at) AS last_at, arraySort(groupUniqArray(e.event_id)) AS event_ids
FROM ${generation}.action_rows AS e
GROUP BY tenant_id, action_key;
CREATE OR REPLACE VIEW ${generation}.public_actions AS
WITH
    if(action.decisions > 0, action.decision, policy.decision) AS the_decision,
    action.decisions > 0 OR policy.decisions > 0 AS was_decided,
    if(action.decisions > 0, action.enforcement, policy.enforcement) AS the_enforcement,
    action.approvals > 0 OR human.approval_id != '' AS was_asked,
    multiIf(action.approval_decisions > 0, action.approval, human.decisions > 0, human.approval, '') AS the_approval,
    if(action.approval_decisions > 0, action.approved_at, human.approved_at) AS the_approval_at,
    action.overrides > 0 OR policy.overrides > 0 AS was_overridden,
    NOT was_overridden AND (action.blocked OR (the_decision = 'deny' AND the_enforcement NOT IN ('advisory', 'failed_open')) OR the_approval NOT IN ('', 'approved')) AS was_denied,
    -- Compared: keyed hashes of the action, the time of the approval, amounts in one currency. Changed fields are compared by GET /v1/steps/{id} alone.
    ((the_decision = 'require_approval' OR was_asked) AND the_approval != 'approved')
        OR (the_approval = 'approved' AND action.executions > 0 AND action.executed_at < the_approval_at)
        OR (action.control_macs > 0 AND action.executed_macs > 0 AND action.all_macs > 1)
        OR ifNull(toFloat64(action.amount) != if(action.approvals > 0, action.approval_value, human.value) AND action.currency != '' AND action.currency = if(action.approvals > 0, action.approval_unit, human.unit), false)
        OR (the_decision = 'mask' AND action.maskings = 0) OR action.confirmations_of_failure > 0 OR action.amounts > 1 AS differs
SELECT
    action.tenant_id AS tenant_id, action.action_key AS action_key, action.kind AS kind,
    multiIf(
        was_denied AND action.executed, 'mismatched',
        was_denied, 'denied_nothing_executed',
        NOT action.executed AND action.executions > 0 AND (was_decided OR was_asked), 'matched',
        NOT action.executed, 'unobserved',
        NOT was_decided AND NOT was_asked AND NOT was_overridden, 'executed_without_decision',
        differs, 'mismatched',
        action.tool_tier IN ('write', 'destructive') AND action.effects = 0, 'unobserved',
        'matched') AS agreement,
    action.first_at AS first_at, action.last_at AS last_at,
    action.run_id AS run_id, action.root_run_id AS root_run_id, action.session_id AS session_id, action.call_id AS call_id, action.effect_id AS effect_id,
    action.decision_id AS decision_id, action.approval_id AS approval_id,
    action.agent_id AS agent_id, action.user_key AS user_key, action.actor_type AS actor_type, action.workspace_id AS workspace_id, action.use_case AS use_case, action.ai_system_id AS ai_system_id,
    action.org_unit AS org_unit, action.environment AS environment,
    action.tool_name AS tool_name, action.tool_tier AS tool_tier, action.model_provider AS model_provider, action.model_name AS model_name,
    action.target_system AS target_system, action.effect_kind AS effect_kind, action.effects AS effects, action.document_no AS document_no, action.amount AS amount, action.currency AS currency,
    action.executed_as AS executed_as, action.case_keys AS case_keys, action.object_keys AS object_keys,
    toBool(action.intents > 0) AS requested, if(action.intents > 0, action.requested_at, NULL) AS requested_at,
    the_decision AS decision, if(was_decided, if(action.decisions > 0, action.decided_at, policy.decided_at), NULL) AS decided_at,
    if(action.decisions > 0, action.policy_id, policy.policy_id) AS policy_id, if(action.decisions > 0, action.policy_version, policy.policy_version) AS policy_version,
    if(action.decisions > 0, action.rule_id, policy.rule_id) AS rule_id, the_enforcement AS enforcement, toBool(action.blocked) AS blocked,
    the_approval AS approval, if(was_asked, if(action.approvals > 0, action.approval_requested_at, human.requested_at), NULL) AS approval_requested_at,
    if(the_approval != '', the_approval_at, NULL) AS approved_at,
    if(action.approvals > 0, action.approver, human.approver) AS approver, if(action.approvals > 0, action.approval_threshold, human.threshold) AS approval_threshold,
    if(action.approvals > 0, action.approval_value, human.value) AS approval_value, if(action.approvals > 0, action.approval_unit, human.unit) AS approval_unit,
    if(action.approvals > 0, action.approval_wait_ms, human.wait_ms) AS approval_wait_ms,
    toBool(action.executed) AS executed, if(action.executions > 0, action.executed_at, NULL) AS executed_at, action.outcome_status AS outcome_status, action.outcome_code AS outcome_code,
    toBool(action.confirmations > 0) AS confirmed, if(action.confirmations > 0, action.confirmed_at, NULL) AS confirmed_at, action.confirmed_by AS confirmed_by,
    toBool(action.reverts > 0) AS reverted, if(action.reverts > 0, action.reverted_at, NULL) AS reverted_at,
    action.source_systems AS source_systems, action.evidence_grades AS evidence_grades, action.event_ids AS event_ids
FROM
(
    SELECT *, decision_id != '' AND max(doing) OVER (PARTITION BY decision_id) > doing AS decision_taken_up, approval_id != '' AND max(doing) OVER (PARTITION BY approval_id) > doing AS approval_taken_up
    FROM ${generation}.action_groups
) AS action
LEFT JOIN ${generation}.decisions_by_id AS policy ON policy.decision_id = action.decision_id
LEFT JOIN ${generation}.approvals_by_id AS human ON human.approval_id = action.approval_id
WHERE action.doing OR NOT (decision_taken_up OR approval_taken_up);
