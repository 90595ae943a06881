-- Coverage anew (0010 made it first): what the door refused is counted for the connector that sent it, which the collector names as the actor;
-- which of its sources it was nobody knows.
CREATE OR REPLACE VIEW ${generation}.report_coverage AS
SELECT
    part.tenant_id AS tenant_id, part.day AS day, part.connector_id AS connector_id, part.source_system AS source_system,
    sum(part.events) AS events, sum(part.late_events) AS late_events, sum(part.runs_begun) AS runs_begun, sum(part.runs_ended) AS runs_ended, sum(part.intents) AS calls_requested, sum(part.answers) AS calls_answered,
    sum(part.refused) AS items_refused, sum(part.gaps) AS gaps, sum(part.gaps_closed) AS gaps_closed, sum(part.missing) AS numbers_missing
FROM
(
    SELECT
        tenant_id, toDate(occurred_at) AS day,
        toString(if(event_type = 'event.rejected' AND `source.system` = 'affidavit', `actor.id`, `source.connector_id`)) AS connector_id,
        if(event_type = 'event.rejected' AND `source.system` = 'affidavit', '', toString(`source.system`)) AS source_system,
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
