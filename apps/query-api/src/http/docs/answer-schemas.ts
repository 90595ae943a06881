import { errorCodes } from '@affidavit/contracts';
import { entitySchemas } from './entity-schemas.ts';
import { eventProperties, type JsonSchema } from './record-schema.ts';

const text = (description: string): JsonSchema => ({ type: 'string', description });
const whole = (description: string): JsonSchema => ({ type: 'integer', description });
const yes = (description: string): JsonSchema => ({ type: 'boolean', description });
const nullable = (schema: JsonSchema): JsonSchema => ({ ...schema, nullable: true });
const object = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
});
const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

const kafka = object({
  topic: text('topic'),
  partition: whole('partition'),
  offset: whole('offset: the leaf index of the evidence log'),
});

const row: JsonSchema = {
  type: 'object',
  description:
    'An event without content bodies. What it does not say is left out: "", null, [], {} and the symbol unknown.',
  properties: {
    ...eventProperties(),
    roles: {
      ...list({ type: 'string' }),
      description: 'timelines only: in which roles the case, person or object stands on the event',
    },
    accounts: {
      ...list({ type: 'string' }),
      description: 'timelines of people with several accounts only: under which of them the person stands on the event',
    },
    via: { ...list({ type: 'string' }), description: 'the links by which alone the event is here' },
    linked_run_id: text('runs, steps, effects: the run to which a link gives the trace of an event that names none'),
    linked_at: text('runs, steps, effects: when the log had the first of these links'),
    row_kind: {
      type: 'string',
      enum: ['gap'],
      description:
        'timelines only, and only on rows that are missing numbers of a stream: the event that declared them, standing ' +
        'where they are missing. No event of the list, so beside limit and total',
    },
    missing: whole('of a gap: how many numbers'),
    between: {
      type: 'object',
      description: 'of a gap: the events before and after it in its stream, where they are known',
    },
    kafka,
    record_hash: text('SHA-256 of the whole Kafka value, lower hex'),
    late: yes('dated by its source and observed more than five minutes after that'),
    ahead: yes('its source dated it more than ten minutes after it was observed: that clock is ahead'),
    order_uncertain: yes('its cause stands after it, or assigned or coarse times leave the order to a neighbour open'),
    duplicates: whole('further records of this connector under this event id'),
    conflict: yes('two records of this connector under this event id state different facts'),
    contradicts: {
      type: 'object',
      description:
        'timelines only: the row is no event but a record that says something else under the id of this one; in no count',
      properties: {
        event_id: { type: 'string' },
        connector_id: { type: 'string' },
        kafka: { type: 'object', description: 'where the event is: topic, partition, offset' },
      },
    },
  },
  required: [
    'event_id',
    'event_type',
    'occurred_at',
    'kafka',
    'record_hash',
    'late',
    'order_uncertain',
    'duplicates',
    'conflict',
  ],
};

const gap = object({
  event_id: text('event that says so'),
  stream_id: text('stream'),
  from_seq: nullable(whole('first missing number')),
  to_seq: nullable(whole('last missing number')),
  missing: whole('how many of these no record has; left out where it is not known which they are'),
  kind: text('how it shows'),
  occurred_at: text('when it was found'),
});

const completeness = object({
  no_known_gaps: yes('false as soon as anything below is known to be missing; true says only that nothing is'),
  range: object({ from: nullable(text('inclusive; null is open')), to: nullable(text('exclusive; null is open')) }),
  projected: list(
    object({
      topic: text('topic'),
      records: whole('records in the tables'),
      last_record_at: nullable(text('broker time of the newest of them')),
      lag: nullable(whole('records behind the end of the log; null is unknown')),
    }),
  ),
  gaps: object({ count: whole('gaps of streams that have rows in this list'), listed: list(gap) }),
  cap_reached: yes('a bound was reached, there may be more'),
  caps: list({ type: 'string' }),
  dead_letters: whole('records of the tenant, or of no tenant that could be told, that are in no table'),
});

const total: JsonSchema = {
  oneOf: [whole('exact, to 10,000'), object({ at_least: whole('lower bound') })],
  description: 'events in the whole list',
};

const page = object({
  data: list(ref('Row')),
  total,
  has_more: yes('there is a next page'),
  next_cursor: nullable(text('ask for the next page with it, everything else unchanged')),
  as_of: text('what was visible: give it back as as_of and the answer is the same again'),
  completeness: ref('Completeness'),
});
const facet = object({
  values: list(object({ value: text('a value'), count: whole('distinct events that have it') })),
  distinct: whole('how many values there are'),
  missing: whole('events without one'),
});
const highlight = object({
  content_id: text('the body'),
  role: text('which part of the event it is'),
  fragments: list(
    object({
      text: text('a piece of the body as it is stored'),
      marks: list({ type: 'array', items: whole('start and end of a word in text, in UTF-16 code units') }),
    }),
  ),
});

const meaning: JsonSchema = {
  type: 'object',
  properties: {
    kind: text('case, user, object, event, run, …'),
    name: { type: 'object', additionalProperties: { type: 'string' } },
    count: whole('records or events that carry it'),
    link: {
      ...object({ method: text('GET or POST'), path: text('path of this API') }),
      description: 'its view; where there is none, the events that carry it',
    },
    events: {
      ...object({ method: text('POST'), path: text('path of this API'), body: { type: 'object' } }),
      description: 'the events that carry it, for what has no timeline',
    },
  },
  required: ['kind', 'name', 'count', 'link'],
};

/** Everything that the answers are made of, for `components.schemas`. */
export const answerSchemas: Readonly<Record<string, JsonSchema>> = {
  Row: row,
  Completeness: completeness,
  List: {
    ...page,
    properties: {
      ...page.properties,
      links: {
        ...list({ type: 'object' }),
        description: 'timelines that follow links only: those that via names, as they stood at as_of',
      },
    },
  },
  Found: {
    ...page,
    properties: {
      ...page.properties,
      data: list({
        ...row,
        properties: { ...row.properties, highlights: { ...list(highlight), description: 'with highlight only' } },
      }),
      facets: {
        type: 'object',
        additionalProperties: facet,
        description: 'by name of the field; with the first page only',
      },
    },
  },
  Context: object({
    event_id: text('the event'),
    scope: text('whose events'),
    focus: whole('index of the event in data'),
    data: list({
      ...row,
      properties: { ...row.properties, from_focus_us: whole('microseconds after the event; below zero is before') },
    }),
    window: object({
      from: text('inclusive'),
      to: text('inclusive'),
      before_s: whole('as asked'),
      after_s: whole('as asked'),
    }),
    has_more_before: yes('there are further events in the window'),
    has_more_after: yes('the same'),
    as_of: text('what was visible'),
    completeness: ref('Completeness'),
  }),
  ...entitySchemas,
  Event: {
    ...row,
    properties: {
      ...row.properties,
      copies: {
        ...list({ type: 'object' }),
        description: 'every record under this id by log order, the first is the event',
      },
      as_of: text('what was visible'),
    },
  },
  Meanings: object({
    data: list(meaning),
    total: whole('meanings'),
    as_of: text('what was visible'),
    cap_reached: yes('a kind had more candidates than are listed'),
  }),
  Problem: {
    type: 'object',
    description: 'RFC 9457',
    properties: {
      type: text('urn:affidavit:problem:<code>'),
      title: text('meaning of the code'),
      status: whole('HTTP status'),
      code: {
        type: 'string',
        enum: Object.entries(errorCodes)
          .filter(([, { status }]) => status !== null)
          .map(([code]) => code),
      },
      retryable: yes('the same request may succeed later'),
      detail: text('what was wrong'),
    },
    required: ['type', 'title', 'status', 'code', 'retryable'],
  },
};
