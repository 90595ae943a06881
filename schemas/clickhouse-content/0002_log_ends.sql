-- Where the log of bodies ends, as Kafka told the projector; as in the events' own projection_state.
ALTER TABLE ${database}.projection_state
    ADD COLUMN IF NOT EXISTS high_watermark SimpleAggregateFunction(max, Int64) COMMENT 'the log\'s next offset, when the projector last looked',
    ADD COLUMN IF NOT EXISTS looked_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'when it last looked; 1970 is never';
