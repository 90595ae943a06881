-- Actions anew (0008 made them first): a call counts within its run, else its session, else its stream; confirmations are followed over
-- links; of each policy the newest word counts.

-- Within what a call id counts. An event without a run goes to the only run that has its call, unless its session says otherwise, and one
-- without a session to the only session; what is no call's own report goes to the only stream that has such a report. `runs`, `sessions` and
-- `streams` are the first and the last of those that have the call, `run_sessions` those of the runs.
CREATE FUNCTION IF NOT EXISTS audit_call_scope AS (run, session, stream, is_report, runs, run_sessions, sessions, streams) -> multiIf(
    run != '', concat('run/', run),
    runs.1 != '' AND runs.1 = runs.2 AND (session = '' OR run_sessions.1 = '' OR session = run_sessions.1 OR session = run_sessions.2), concat('run/', runs.1),
    session != '', concat('session/', session),
    runs.1 = '' AND sessions.1 != '' AND sessions.1 = sessions.2, concat('session/', sessions.1),
    NOT is_report AND streams.1 != '' AND streams.1 = streams.2, concat('stream/', streams.1),
    concat('stream/', stream));

-- The scope stands before the call with a '/' between: in it a '/' is written %2F, so that no two calls share a key.
CREATE FUNCTION IF NOT EXISTS audit_call_key AS (scope, call) -> concat(
    multiIf(startsWith(scope, 'run/'), 'call/', startsWith(scope, 'session/'), 'session_call/', 'stream_call/'),
    replaceAll(replaceAll(substring(scope, position(scope, '/') + 1), '%', '%25'), '/', '%2F'), '/', call);

-- A policy's word about an action, by which policy, when, and what: words of one policy sort by time.
CREATE FUNCTION IF NOT EXISTS audit_word AS (policy, at, stream, number, event, said, how, version, rule, place) -> CAST(
    (policy, at, stream, number, event, said, how, version, rule, place),
    'Tuple(policy_id String, at DateTime64(6, \'UTC\'), stream_id String, seq Int64, event_id String, decision String, enforcement String, policy_version String, rule_id String, environment String)');
-- Advice, and what a gate said that let everything pass when it failed, does not bind.
CREATE FUNCTION IF NOT EXISTS audit_binds AS (enforcement) -> enforcement NOT IN ('advisory', 'failed_open');

-- What policies said of one action, sorted by policy and time: the newest word of each policy.
CREATE FUNCTION IF NOT EXISTS audit_newest_words AS (words) ->
    arrayFilter((word, replaced) -> NOT replaced, words, arrayResize(arrayMap((word, next) -> word.1 = next.1, arrayPopBack(words), arrayPopFront(words)), length(words), false));

-- An answer to a request for approval: answers of one approval sort by time.
CREATE FUNCTION IF NOT EXISTS audit_answer AS (approval, at, stream, number, event, said, expires) -> CAST(
    (approval, at, stream, number, event, said, expires),
    'Tuple(approval_id String, at DateTime64(6, \'UTC\'), stream_id String, seq Int64, event_id String, said String, expires_at Nullable(DateTime64(6, \'UTC\')))');
-- What approvals come to: of each its newest answer. One that was refused outweighs those that were given, until it is asked for again;
-- nothing while one that was asked for has no answer.
CREATE FUNCTION IF NOT EXISTS audit_standing_answers AS (newest, asks) ->
    arrayFilter(answer -> answer.6 = 'approved' OR NOT arrayExists(ask -> ask.2 > answer.2, asks), newest);
CREATE FUNCTION IF NOT EXISTS audit_approval_of AS (standing, newest, asks) -> multiIf(
    arrayExists(answer -> answer.6 != 'approved', standing), arrayFirst(answer -> answer.6 != 'approved', standing).6,
    empty(standing) OR arrayExists(ask -> NOT arrayExists(answer -> answer.1 = ask.1 AND (answer.6 = 'approved' OR answer.2 >= ask.2), newest), asks), '',
    'approved');

CREATE OR REPLACE VIEW ${generation}.action_rows AS
WITH (SELECT (groupArray(confirmation), groupArray(effects)) FROM ${generation}.linked_confirmations) AS linked
SELECT
    *, if(owner_call = '', '', audit_call_scope(own_run, own_session, own_stream, is_report, runs, run_sessions, sessions, streams)) AS call_scope,
    multiIf(
        owner_call != '', owner_call,
        effect_id != '', concat('effect/', effect_id),
        stage IN ('decision', 'approval', 'override') AND decision_id != '', concat('decision/', decision_id),
        stage IN ('decision', 'approval') AND approval_id != '', concat('approval/', approval_id),
        concat('event/', own_event)) AS action
FROM
(
    SELECT
        *,
        (minIf(own_run, own_run != '') OVER of_call, maxIf(own_run, own_run != '') OVER of_call) AS runs,
        (minIf(own_session, own_run != '' AND own_session != '') OVER of_call, maxIf(own_session, own_run != '' AND own_session != '') OVER of_call) AS run_sessions,
        (minIf(own_session, own_run = '' AND own_session != '') OVER of_call, maxIf(own_session, own_run = '' AND own_session != '') OVER of_call) AS sessions,
        (minIf(own_stream, own_run = '' AND own_session = '' AND is_report) OVER of_call, maxIf(own_stream, own_run = '' AND own_session = '' AND is_report) OVER of_call) AS streams
    FROM
    (
        SELECT
            tenant_id, event_id, event_key, event_type, occurred_at, stage, did, speaks, is_report, decision_id, approval_id, action_mac, case_refs, object_refs, evidence_grade, agent, workspace_id, use_case, ai_system_id,
            org_unit, environment, source_system, outcome, outcome_code, person, actor_type, tool, tier, provider, model, effect_kind, target, document_no, amount, currency, executed_as,
            policy_id, policy_version, rule_id, decision, enforcement, approval, approver, threshold, value, unit, wait_ms, expires_at, stream_id, seq, place,
            -- A confirmation stands in its own place and in that of each effect to which a link joins it.
            arrayJoin(range(0, length(confirmed) + 1)) AS nth, nth = 0 AND notEmpty(confirmed) AS stands_elsewhere,
            if(nth = 0, own_place, confirmed[nth]) AS stand,
            stand.1 AS effect_id, stand.2 AS call_id, if(stand.3 != '', stand.3, stand.4) AS named_run, stand.4 AS run_id, stand.5 AS session_id, stand.6 AS place_stream, stand.7 AS own_event,
            -- Who names the effect alone, as a system of record does, belongs to the call and the run of those who name more.
            multiIf(named_run != '', named_run, effect_id = '', '', max(named_run) OVER of_effect) AS own_run,
            multiIf(call_id != '', call_id, effect_id = '', '', max(call_id) OVER of_effect) AS owner_call,
            multiIf(session_id != '', session_id, effect_id = '', '', max(session_id) OVER of_effect) AS own_session,
            multiIf(call_id != '' OR effect_id = '', place_stream, max(if(call_id != '', place_stream, '')) OVER of_effect) AS own_stream
        FROM
        (
            SELECT
                tenant_id, event_id, event_key, event_type, occurred_at, decision_id, approval_id, action_mac, case_refs, object_refs, evidence_grade, stream_id, seq,
                `agent.id` AS agent, workspace_id, use_case, ai_system_id, org_unit, environment, `source.system` AS source_system, `outcome.status` AS outcome, `outcome.code` AS outcome_code,
                audit_person(on_behalf_of, `actor.type`, `actor.id`) AS person, `actor.type` AS actor_type,
                `tool.name` AS tool, `tool.tier` AS tier, `model.provider` AS provider, `model.request_model` AS model,
                `effect.kind` AS effect_kind, `effect.target_system` AS target, `effect.document_no` AS document_no, `effect.amount` AS amount, `effect.currency` AS currency,
                if(`effect.executed_as` != '', `effect.executed_as`, `tool.executed_as`) AS executed_as,
                `policy.policy_id` AS policy_id, `policy.policy_version` AS policy_version, `policy.rule_id` AS rule_id, `policy.decision` AS decision, `policy.enforcement` AS enforcement,
                if(event_type = 'approval.expired' AND `approval.decision` != 'withdrawn', 'expired', `approval.decision`) AS approval, `approval.approver` AS approver,
                `approval.threshold` AS threshold, `approval.value` AS value, `approval.unit` AS unit, `approval.wait_ms` AS wait_ms, `approval.expires_at` AS expires_at,
                multiIf(
                    event_type IN ('policy.evaluated', 'content.blocked'), 'decision',
                    startsWith(event_type, 'approval.'), 'approval',
                    event_type IN ('object.change.confirmed', 'process.completed', 'process.failed'), 'confirmation',
                    event_type = 'oversight.override.applied', 'override',
                    event_type = 'content.transformed', 'masking',
                    event_type = 'object.change.reverted', 'revert',
                    event_type IN ('tool.call.requested', 'model.call.requested'), 'intent',
                    'execution') AS stage,
                -- A stopped content without a decision takes no policy's word back.
                event_type = 'policy.evaluated' OR (event_type = 'content.blocked' AND decision NOT IN ('', 'unknown')) AS speaks,
                startsWith(event_type, 'tool.call.') OR startsWith(event_type, 'model.call.') AS is_report,
                event_type NOT IN ('tool.call.failed', 'model.call.failed', 'process.failed') AND outcome NOT IN ('failure', 'denied', 'timeout', 'cancelled')
                    AND (stage IN ('confirmation', 'revert') OR (stage = 'execution' AND (event_type != 'tool.call.completed' OR outcome != 'unknown'))) AS did,
                (occurred_at, event_id) AS place, (effect_id, call_id, root_run_id, run_id, session_id, stream_id, event_key) AS own_place,
                if(stage = 'confirmation', linked.2[transform(if(effect_id != '', concat('effect/', effect_id), concat('event/', event_key)), linked.1, arrayEnumerate(linked.1), 0)], []) AS confirmed
            FROM ${generation}.facts
            WHERE event_type IN (
                'tool.call.requested', 'tool.call.completed', 'tool.call.failed', 'model.call.requested', 'model.call.completed', 'model.call.failed',
                'object.changed', 'object.change.confirmed', 'object.change.reverted', 'message.sent', 'process.triggered', 'process.completed', 'process.failed',
                'policy.evaluated', 'content.blocked', 'approval.requested', 'approval.decided', 'approval.expired', 'oversight.override.applied')
                OR (event_type = 'content.transformed' AND (call_id != '' OR effect_id != ''))
        )
        WINDOW of_effect AS (PARTITION BY effect_id)
    )
    WINDOW of_call AS (PARTITION BY owner_call)
);

-- What was decided under an id that an action may name without sharing a call with it. Words about another call are that call's: they
-- count for an action that names none.
CREATE OR REPLACE VIEW ${generation}.decisions_by_id AS
SELECT
    e.decision_id AS decision_id, countIf(NOT e.speaks) AS overrides, countIf(NOT e.speaks AND e.free) AS free_overrides,
    minIf(e.word.at, NOT e.speaks) AS overridden_at, minIf(e.word.at, NOT e.speaks AND e.free) AS free_overridden_at,
    groupArrayIf(e.word, e.speaks) AS words, groupArrayIf(e.word, e.speaks AND e.free) AS free_words
FROM
(
    SELECT
        decision_id, call_id = '' AS free, event_type != 'oversight.override.applied' AS speaks,
        audit_word(`policy.policy_id`, occurred_at, stream_id, seq, event_key, `policy.decision`, `policy.enforcement`, `policy.policy_version`, `policy.rule_id`, environment) AS word
    FROM ${generation}.facts
    WHERE decision_id != '' AND (event_type IN ('policy.evaluated', 'oversight.override.applied') OR (event_type = 'content.blocked' AND `policy.decision` NOT IN ('', 'unknown')))
) AS e
GROUP BY e.decision_id;

CREATE OR REPLACE VIEW ${generation}.approvals_by_id AS
SELECT e.approval_id AS approval_id, minIf(e.occurred_at, NOT e.decided) AS requested_at, countIf(e.decided) AS decisions,
    arraySort(groupArrayIf(audit_answer(e.approval_id, e.occurred_at, e.stream_id, e.seq, e.event_key, e.approval, e.expires_at), e.decided)) AS answers,
    arraySort(groupArrayIf((e.approval_id, e.occurred_at), NOT e.decided)) AS asks,
    argMaxIf(e.approver, e.place, e.approver != '') AS approver, argMaxIf(e.threshold, e.place, e.threshold IS NOT NULL) AS threshold, argMaxIf(e.value, e.place, e.value IS NOT NULL) AS value,
    argMaxIf(e.unit, e.place, e.unit != '') AS unit, argMaxIf(e.wait_ms, e.place, e.wait_ms IS NOT NULL) AS wait_ms
FROM
(
    SELECT
        approval_id, occurred_at, event_id, event_key, stream_id, seq, `approval.expires_at` AS expires_at, (occurred_at, event_id) AS place, event_type != 'approval.requested' AS decided, if(event_type = 'approval.expired' AND `approval.decision` != 'withdrawn', 'expired', `approval.decision`) AS approval,
        `approval.approver` AS approver, `approval.threshold` AS threshold, `approval.value` AS value, `approval.unit` AS unit, `approval.wait_ms` AS wait_ms
    FROM ${generation}.facts WHERE approval_id != '' AND event_type IN ('approval.requested', 'approval.decided', 'approval.expired')
) AS e
GROUP BY e.approval_id;

CREATE OR REPLACE VIEW ${generation}.action_groups AS
SELECT
    e.tenant_id AS tenant_id, if(e.call_scope = '', e.action, audit_call_key(e.call_scope, e.action)) AS action_key,
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
    countIf(e.stage = 'override') AS overrides, minIf(e.occurred_at, e.stage = 'override') AS overridden_at, countIf(e.stage = 'masking') AS maskings, minIf(e.occurred_at, e.stage = 'masking') AS masked_at,
    minIf(e.occurred_at, e.did) AS done_at,
    arraySort(groupArrayIf(audit_word(e.policy_id, e.occurred_at, e.stream_id, e.seq, e.event_key, e.decision, e.enforcement, e.policy_version, e.rule_id, e.environment), e.speaks)) AS words,
    countIf(e.event_type = 'content.blocked') > 0 AS blocked, minIf(e.occurred_at, e.event_type = 'content.blocked') AS blocked_at,
    countIf(e.stage = 'approval') AS approvals, countIf(e.stage = 'approval' AND e.event_type != 'approval.requested') AS approval_decisions,
    minIf(e.occurred_at, e.event_type = 'approval.requested') AS approval_requested_at,
    arraySort(groupArrayIf(audit_answer(if(e.approval_id != '', e.approval_id, e.event_key), e.occurred_at, e.stream_id, e.seq, e.event_key, e.approval, e.expires_at), e.stage = 'approval' AND e.event_type != 'approval.requested')) AS answers,
    arraySort(groupArrayIf((if(e.approval_id != '', e.approval_id, e.event_key), e.occurred_at), e.event_type = 'approval.requested')) AS asks,
    argMaxIf(e.approver, e.place, e.approver != '') AS approver,
    argMaxIf(e.threshold, e.place, e.threshold IS NOT NULL) AS approval_threshold, argMaxIf(e.value, e.place, e.value IS NOT NULL) AS approval_value, argMaxIf(e.unit, e.place, e.unit != '') AS approval_unit,
    argMaxIf(e.wait_ms, e.place, e.wait_ms IS NOT NULL) AS approval_wait_ms,
    countIf(e.stage = 'execution') AS executions, countIf(e.did) > 0 AS executed, groupUniqArrayIf(e.action_mac, e.action_mac != '' AND e.did) AS executed_macs,
    groupArrayIf((e.action_mac, e.occurred_at), e.action_mac != '' AND e.stage IN ('decision', 'approval')) AS control_macs,
    countIf(e.is_report AND e.stage = 'execution' AND (endsWith(e.event_type, '.failed') OR e.outcome IN ('failure', 'denied', 'timeout', 'cancelled'))) AS failed_ends,
    countIf(e.stage = 'confirmation' AND NOT e.did) AS confirmations_of_failure,
    -- Of several effects each has its own amount, which its confirmation repeats.
    if(uniqExactIf(e.effect_id, e.amount IS NOT NULL AND e.stage IN ('execution', 'confirmation') AND e.effect_id != '') <= 1, uniqExactIf((e.amount, e.currency), e.amount IS NOT NULL AND e.stage IN ('execution', 'confirmation')) > 1,
        uniqExactIf((e.effect_id, e.amount, e.currency), e.amount IS NOT NULL AND e.stage IN ('execution', 'confirmation')) > uniqExactIf(e.effect_id, e.amount IS NOT NULL AND e.stage IN ('execution', 'confirmation'))) AS amounts_differ, minIf(e.occurred_at, e.stage = 'execution') AS executed_at,
    argMaxIf(e.outcome, e.place, e.stage = 'execution') AS outcome_status, argMaxIf(e.outcome_code, e.place, e.stage = 'execution') AS outcome_code,
    -- A confirmation that a link brought is of an effect that is here, or of one that the call alone told of.
    greatest(uniqExactIf(if(e.effect_id != '', e.effect_id, e.own_event), e.nth = 0 AND e.stage IN ('execution', 'revert', 'confirmation') AND NOT e.is_report), toUInt64(countIf(e.nth > 0) > 0)) AS effects,
    countIf(e.stage = 'confirmation') AS confirmations, minIf(e.occurred_at, e.stage = 'confirmation') AS confirmed_at, argMinIf(e.source_system, e.place, e.stage = 'confirmation') AS confirmed_by,
    countIf(e.stage = 'revert') AS reverts, minIf(e.occurred_at, e.stage = 'revert') AS reverted_at,
    countIf(NOT e.stands_elsewhere) = 0 AS stands_elsewhere, min(e.occurred_at) AS first_at, max(e.occurred_at) AS last_at, arraySort(groupUniqArray(e.event_id)) AS event_ids
FROM ${generation}.action_rows AS e
GROUP BY e.tenant_id, e.call_scope, e.action;

CREATE OR REPLACE VIEW ${generation}.action_outcomes AS
WITH
    -- Only what was on record before anything was done permitted it, forbade it, or masked anything of it; where that is nothing, what came later is shown.
    arraySort(arrayConcat(action.words, if(action.call_id = '', policy.words, policy.free_words))) AS all_words,
    arrayFilter(word -> NOT action.executed OR word.at <= action.done_at, all_words) AS words_then,
    -- The newest word of each policy: of its own, and under its decision's id.
    audit_newest_words(if(empty(words_then), all_words, words_then)) AS newest,
    arrayFilter(word -> word.decision NOT IN ('', 'unknown'), newest) AS standing,
    -- Of these the strictest that binds.
    arrayReverseSort(word -> (audit_binds(word.enforcement), audit_strictness(word.decision), word.at, word.event_id), standing)[1] AS deciding,
    deciding.decision AS the_decision, deciding.enforcement AS the_enforcement, notEmpty(standing) AS was_decided,
    if(empty(words_then), [], standing) AS judging,
    action.approvals > 0 OR human.approval_id != '' AS was_asked,
    if(notEmpty(action.answers), action.answers, human.answers) AS all_answers, if(notEmpty(action.asks), action.asks, human.asks) AS all_asks,
    arrayFilter(ask -> NOT action.executed OR ask.2 <= action.done_at, all_asks) AS asks_then,
    audit_newest_words(arrayFilter(answer -> NOT action.executed OR answer.at <= action.done_at, all_answers)) AS answers_then,
    audit_standing_answers(answers_then, asks_then) AS standing_then,
    audit_approval_of(standing_then, answers_then, asks_then) AS approval_then,
    if(approval_then != '', standing_then, audit_standing_answers(audit_newest_words(all_answers), all_asks)) AS standing_answers,
    if(approval_then != '', approval_then, audit_approval_of(standing_answers, audit_newest_words(all_answers), all_asks)) AS the_approval,
    if(empty(standing_answers), NULL, arrayMax(arrayMap(answer -> answer.2, standing_answers))) AS the_approval_at,
    arrayMin(arrayFilter(expiry -> isNotNull(expiry), arrayMap(answer -> answer.7, standing_answers))) AS the_expiry,
    if(action.call_id = '', policy.overrides, policy.free_overrides) > 0 AS overridden_by_id, if(action.call_id = '', policy.overridden_at, policy.free_overridden_at) AS overridden_by_id_at,
    action.overrides > 0 OR overridden_by_id AS ever_overridden,
    (action.overrides > 0 AND (NOT action.executed OR action.overridden_at <= action.done_at)) OR (overridden_by_id AND (NOT action.executed OR overridden_by_id_at <= action.done_at)) AS was_overridden,
    NOT was_overridden AND ((action.blocked AND (NOT action.executed OR action.blocked_at <= action.done_at)) OR arrayExists(word -> word.decision = 'deny' AND audit_binds(word.enforcement), judging) OR the_approval NOT IN ('', 'approved')) AS was_denied,
    arrayMap(control -> control.1, arrayFilter(control -> NOT action.executed OR control.2 <= action.done_at, action.control_macs)) AS macs_then,
    -- Compared: keyed hashes of the action, times of decision and approval, amounts in one currency. Changed fields are compared by GET /v1/steps/{id} alone.
    ((arrayExists(word -> word.decision = 'require_approval', judging) OR was_asked) AND the_approval != 'approved')
        OR ((notEmpty(all_words) OR ever_overridden OR action.blocked) AND empty(words_then) AND empty(answers_then) AND empty(asks_then) AND NOT was_overridden AND NOT (action.blocked AND action.blocked_at <= action.done_at))
        OR ifNull(the_approval = 'approved' AND action.done_at < the_approval_at, false)
        OR ifNull(the_approval = 'approved' AND isNotNull(the_expiry) AND action.done_at > the_expiry, false)
        OR (notEmpty(action.executed_macs) AND notEmpty(macs_then) AND NOT hasAll(macs_then, action.executed_macs))
        OR ifNull(toFloat64(action.amount) != if(action.approvals > 0, action.approval_value, human.value) AND action.currency != '' AND action.currency = if(action.approvals > 0, action.approval_unit, human.unit), false)
        OR (arrayExists(word -> word.decision = 'mask', judging) AND NOT (action.maskings > 0 AND action.masked_at <= action.done_at)) OR action.confirmations_of_failure > 0 OR action.amounts_differ AS differs
SELECT
    action.tenant_id AS tenant_id, action.action_key AS action_key, action.kind AS kind,
    multiIf(
        was_denied AND action.executed, 'mismatched',
        was_denied, 'denied_nothing_executed',
        NOT action.executed AND action.failed_ends > 0 AND (was_decided OR was_asked OR action.blocked), 'matched',
        NOT action.executed, 'unobserved',
        NOT was_decided AND NOT was_asked AND NOT ever_overridden AND NOT action.blocked, 'executed_without_decision',
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
    the_decision AS decision, if(was_decided, deciding.at, NULL) AS decided_at,
    deciding.policy_id AS policy_id, deciding.policy_version AS policy_version, deciding.rule_id AS rule_id, the_enforcement AS enforcement, toBool(action.blocked) AS blocked,
    the_approval AS approval, if(was_asked, if(action.approvals > 0, action.approval_requested_at, human.requested_at), NULL) AS approval_requested_at,
    the_approval_at AS approved_at,
    if(action.approvals > 0, action.approver, human.approver) AS approver, if(action.approvals > 0, action.approval_threshold, human.threshold) AS approval_threshold,
    if(action.approvals > 0, action.approval_value, human.value) AS approval_value, if(action.approvals > 0, action.approval_unit, human.unit) AS approval_unit,
    if(action.approvals > 0, action.approval_wait_ms, human.wait_ms) AS approval_wait_ms,
    toBool(action.executed) AS executed, if(action.executions > 0, action.executed_at, NULL) AS executed_at, action.outcome_status AS outcome_status, action.outcome_code AS outcome_code,
    toBool(action.confirmations > 0) AS confirmed, if(action.confirmations > 0, action.confirmed_at, NULL) AS confirmed_at, action.confirmed_by AS confirmed_by,
    toBool(action.reverts > 0) AS reverted, if(action.reverts > 0, action.reverted_at, NULL) AS reverted_at,
    action.source_systems AS source_systems, action.evidence_grades AS evidence_grades, action.event_ids AS event_ids, was_overridden, standing AS words
FROM
(
    SELECT
        *, decision_id != '' AND if(call_id = '', max(doing) OVER of_decision, max(doing AND call_id = '') OVER of_decision) > doing AS decision_taken_up,
        approval_id != '' AND max(doing) OVER (PARTITION BY approval_id) > doing AS approval_taken_up
    FROM ${generation}.action_groups WHERE NOT stands_elsewhere
    WINDOW of_decision AS (PARTITION BY decision_id)
) AS action
LEFT JOIN ${generation}.decisions_by_id AS policy ON policy.decision_id = action.decision_id
LEFT JOIN ${generation}.approvals_by_id AS human ON human.approval_id = action.approval_id
WHERE action.doing OR NOT (decision_taken_up OR approval_taken_up);

CREATE OR REPLACE VIEW ${generation}.public_actions AS SELECT * EXCEPT (was_overridden, words) FROM ${generation}.action_outcomes;
