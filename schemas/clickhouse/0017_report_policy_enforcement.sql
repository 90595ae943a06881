-- Policy enforcement anew (0010 made it first): every rule that decided, over evaluations and not over actions.

-- What each rule decided on a day. An evaluation counts on its own day, once; an action under every word that stands on it, with the
-- outcome that the action has. An evaluation stands on no action when a newer word of its policy took its place.
CREATE OR REPLACE VIEW ${generation}.report_policy_enforcement AS
SELECT
    one.tenant_id AS tenant_id, toDate(one.word.at) AS day, one.word.environment AS environment, one.word.policy_id AS policy_id, one.word.policy_version AS policy_version,
    one.word.rule_id AS rule_id, one.word.decision AS decision, one.word.enforcement AS enforcement,
    uniqExact(one.word.event_id) AS evaluations, evaluations - uniqExactIf(one.word.event_id, one.stands) AS superseded,
    countIf(one.stands) AS actions, countIf(one.executed) AS executed, countIf(decision = 'deny' AND one.stands AND NOT one.executed AND NOT one.overridden) AS denied_nothing_executed,
    countIf(one.executed AND ((decision = 'deny' AND NOT one.overridden) OR (decision = 'require_approval' AND one.approval != 'approved'))) AS executed_against_decision,
    countIf(decision = 'deny' AND one.overridden) AS overridden,
    countIf(one.approval != '') AS decided_by_human, uniqExactIf(one.agent_id, one.agent_id != '') AS agents, uniqExactIf(one.user_key, one.user_key != '') AS users
FROM
(
    SELECT tenant_id, arrayJoin(words) AS word, true AS stands, executed, was_overridden AS overridden, approval, agent_id, user_key FROM ${generation}.action_outcomes
    UNION ALL
    SELECT
        tenant_id, audit_word(`policy.policy_id`, occurred_at, stream_id, seq, event_key, `policy.decision`, `policy.enforcement`, `policy.policy_version`, `policy.rule_id`, environment) AS word,
        false AS stands, false AS executed, false AS overridden, '' AS approval, '' AS agent_id, '' AS user_key
    FROM ${generation}.facts WHERE event_type IN ('policy.evaluated', 'content.blocked') AND `policy.decision` NOT IN ('', 'unknown')
) AS one
GROUP BY tenant_id, day, environment, policy_id, policy_version, rule_id, decision, enforcement;
