-- Facts anew (0007 made them first): a view that reads them several times finds the copies once, since ClickHouse keeps a scalar for the
-- whole query, and a subquery in every place where it stands. The same rows.
CREATE OR REPLACE VIEW ${generation}.facts AS
WITH
    (SELECT (groupArray(audit_log_number(topic, partition)), groupArray(next_offset)) FROM ${generation}.watermark) AS watermark,
    (SELECT groupArrayArray(arrayMap(place -> (place.2, place.3, place.4), arrayPopFront(places))) FROM ${generation}.session_copies) AS copies
SELECT * FROM ${generation}.session_rows
WHERE kafka_offset < transform(audit_log_number(kafka_topic, kafka_partition), watermark.1, watermark.2, toInt64(-1))
  AND (kafka_topic, kafka_partition, kafka_offset) NOT IN (SELECT arrayJoin(copies));
