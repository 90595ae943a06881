import { Controller, Get, Param } from '@nestjs/common';
import { AffidavitError } from '@affidavit/audit-model';
import { definitionsSchema, eventTypes, eventTypeSchemas, type EventType } from '@affidavit/contracts';
import { examples } from '../examples/examples.ts';

interface TypeRow {
  readonly event_type: string;
  readonly group: string;
  readonly meaning: string;
  readonly topic: string;
  readonly phase: string;
  readonly senders: readonly string[];
}

const isType = (type: string): type is EventType => Object.hasOwn(eventTypes, type);

const rowOf = (event_type: EventType): TypeRow => {
  const { group, meaning, topic, phase, senders } = eventTypes[event_type];
  return { event_type, group, meaning, topic, phase, senders };
};

/** The contract of each type, as the intake holds events against it. */
@Controller('v1/types')
export class TypesController {
  @Get()
  list(): { readonly data: readonly TypeRow[]; readonly total: number } {
    const data = (Object.keys(eventTypes) as EventType[]).map(rowOf);
    return { data, total: data.length };
  }

  @Get(':type')
  one(@Param('type') type: string): unknown {
    if (!isType(type)) throw new AffidavitError('not_found', 'The catalogue has no such type.');
    const { required, any_of, sections, details } = eventTypes[type];
    // The schema refers to the definitions by their urn: both travel together, so that a validator needs nothing else.
    return {
      ...rowOf(type),
      required,
      any_of,
      sections,
      details,
      example: examples[type],
      json_schema: eventTypeSchemas[type],
      definitions: definitionsSchema,
    };
  }
}
