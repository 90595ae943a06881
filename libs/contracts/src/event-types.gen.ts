// Generated from schemas/ by `npm run generate`. Do not edit: change the model and generate again.

import { type EventType, type Phase } from './audit-event.gen.ts';

/** What the catalogue says of one type. Paths are dotted; `any_of` needs one of them. */
export interface EventTypeEntry {
  readonly group: string;
  readonly topic: string;
  readonly senders: readonly ('connector' | 'service')[];
  readonly meaning: string;
  readonly phase: Phase;
  readonly required: readonly string[];
  readonly any_of: readonly string[];
  readonly sections: readonly string[];
  readonly details: Readonly<Record<string, string>>;
}

export const eventTypes: Readonly<Record<EventType, EventTypeEntry>> = {
 "artifact.file.uploaded": {
  "group": "artifact",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "A file was handed to an AI system.",
  "phase": "effect",
  "required": [
   "artifact.artifact_id"
  ],
  "any_of": [],
  "sections": [
   "artifact"
  ],
  "details": {}
 },
 "artifact.file.transformed": {
  "group": "artifact",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "A file was converted: OCR, translation, redaction.",
  "phase": "effect",
  "required": [
   "artifact.artifact_id"
  ],
  "any_of": [],
  "sections": [
   "artifact",
   "transformation"
  ],
  "details": {
   "operation": "a code"
  }
 },
 "artifact.file.analyzed": {
  "group": "artifact",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "A file was read by a model or tool.",
  "phase": "observation",
  "required": [
   "artifact.artifact_id"
  ],
  "any_of": [],
  "sections": [
   "artifact",
   "model",
   "usage"
  ],
  "details": {
   "operation": "a code"
  }
 },
 "artifact.file.downloaded": {
  "group": "artifact",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "A file left the AI system to a person.",
  "phase": "effect",
  "required": [
   "artifact.artifact_id"
  ],
  "any_of": [],
  "sections": [
   "artifact"
  ],
  "details": {}
 },
 "artifact.produced": {
  "group": "artifact",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "A call produced an artifact.",
  "phase": "effect",
  "required": [
   "artifact.artifact_id"
  ],
  "any_of": [],
  "sections": [
   "artifact",
   "model"
  ],
  "details": {}
 },
 "content.exported": {
  "group": "artifact",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "Content was exported from the AI system.",
  "phase": "effect",
  "required": [
   "artifact.destination"
  ],
  "any_of": [],
  "sections": [
   "artifact"
  ],
  "details": {
   "format": "a code"
  }
 },
 "content.shared": {
  "group": "artifact",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "Content was shared with others.",
  "phase": "effect",
  "required": [],
  "any_of": [
   "artifact.artifact_id",
   "message.recipients"
  ],
  "sections": [
   "artifact",
   "message"
  ],
  "details": {
   "visibility": "a code"
  }
 },
 "content.copied": {
  "group": "artifact",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "Content was copied to somewhere else.",
  "phase": "effect",
  "required": [],
  "any_of": [
   "artifact.artifact_id",
   "call_id"
  ],
  "sections": [
   "artifact"
  ],
  "details": {
   "target": "a code"
  }
 },
 "audit.query.executed": {
  "group": "audit-plane",
  "topic": "audit.access.v1",
  "senders": [
   "service"
  ],
  "meaning": "Somebody asked the record: timeline, search, resolve, event.",
  "phase": "observation",
  "required": [
   "query.kind"
  ],
  "any_of": [],
  "sections": [
   "query",
   "access"
  ],
  "details": {
   "route": "route asked",
   "status": "HTTP status of the answer",
   "filters": "names of the filters used, comma separated"
  }
 },
 "audit.content.revealed": {
  "group": "audit-plane",
  "topic": "audit.access.v1",
  "senders": [
   "service"
  ],
  "meaning": "Somebody saw content.",
  "phase": "observation",
  "required": [
   "query.reason"
  ],
  "any_of": [],
  "sections": [
   "query",
   "access"
  ],
  "details": {
   "content_id": "what was shown"
  }
 },
 "audit.export.created": {
  "group": "audit-plane",
  "topic": "audit.access.v1",
  "senders": [
   "service"
  ],
  "meaning": "Somebody exported evidence.",
  "phase": "effect",
  "required": [
   "query.kind"
  ],
  "any_of": [],
  "sections": [
   "query",
   "access"
  ],
  "details": {
   "export_id": "the export",
   "manifest_hash": "SHA-256 of its manifest"
  }
 },
 "audit.report.generated": {
  "group": "audit-plane",
  "topic": "audit.access.v1",
  "senders": [
   "service"
  ],
  "meaning": "A report was made.",
  "phase": "effect",
  "required": [
   "query.kind"
  ],
  "any_of": [],
  "sections": [
   "query",
   "access"
  ],
  "details": {
   "report_id": "the report",
   "definition_version": "version of its definition"
  }
 },
 "case.opened": {
  "group": "audit-plane",
  "topic": "audit.access.v1",
  "senders": [
   "service"
  ],
  "meaning": "A case was opened.",
  "phase": "decision",
  "required": [
   "case_refs"
  ],
  "any_of": [],
  "sections": [],
  "details": {
   "case_kind": "a code"
  }
 },
 "case.closed": {
  "group": "audit-plane",
  "topic": "audit.access.v1",
  "senders": [
   "service"
  ],
  "meaning": "A case was closed.",
  "phase": "decision",
  "required": [
   "case_refs"
  ],
  "any_of": [],
  "sections": [],
  "details": {
   "result": "a code"
  }
 },
 "case.noted": {
  "group": "audit-plane",
  "topic": "audit.access.v1",
  "senders": [
   "service"
  ],
  "meaning": "Somebody wrote a note on a case.",
  "phase": "observation",
  "required": [
   "case_refs"
  ],
  "any_of": [],
  "sections": [],
  "details": {
   "note_id": "the note",
   "about_event_id": "event it is about"
  }
 },
 "case.tagged": {
  "group": "audit-plane",
  "topic": "audit.access.v1",
  "senders": [
   "service"
  ],
  "meaning": "Somebody tagged something in a case.",
  "phase": "observation",
  "required": [
   "case_refs"
  ],
  "any_of": [],
  "sections": [],
  "details": {
   "tag": "the tag, a code",
   "about_event_id": "event it is about"
  }
 },
 "case.concluded": {
  "group": "audit-plane",
  "topic": "audit.access.v1",
  "senders": [
   "service"
  ],
  "meaning": "A case's conclusion was written.",
  "phase": "decision",
  "required": [
   "case_refs"
  ],
  "any_of": [],
  "sections": [],
  "details": {
   "conclusion": "a code"
  }
 },
 "config.changed": {
  "group": "configuration",
  "topic": "audit.control.v1",
  "senders": [
   "connector",
   "service"
  ],
  "meaning": "A model, prompt, policy, tool or setting changed.",
  "phase": "effect",
  "required": [
   "change.item_id"
  ],
  "any_of": [],
  "sections": [
   "change",
   "model"
  ],
  "details": {
   "item_kind": "a code"
  }
 },
 "schema.registered": {
  "group": "configuration",
  "topic": "audit.control.v1",
  "senders": [
   "service"
  ],
  "meaning": "A schema of this log was registered.",
  "phase": "effect",
  "required": [
   "change.item_id",
   "change.to_hash"
  ],
  "any_of": [],
  "sections": [
   "change"
  ],
  "details": {
   "subject": "registry subject",
   "schema_id": "id in the registry",
   "version": "version in the subject"
  }
 },
 "system.registered": {
  "group": "configuration",
  "topic": "audit.control.v1",
  "senders": [
   "connector",
   "service"
  ],
  "meaning": "An AI system was entered in the register.",
  "phase": "effect",
  "required": [
   "ai_system_id"
  ],
  "any_of": [],
  "sections": [
   "change"
  ],
  "details": {
   "risk_class": "a code",
   "provider": "a code"
  }
 },
 "system.retired": {
  "group": "configuration",
  "topic": "audit.control.v1",
  "senders": [
   "connector",
   "service"
  ],
  "meaning": "An AI system was taken out of use.",
  "phase": "effect",
  "required": [
   "ai_system_id"
  ],
  "any_of": [],
  "sections": [
   "change"
  ],
  "details": {
   "reason": "a code"
  }
 },
 "source.reconciled": {
  "group": "configuration",
  "topic": "audit.control.v1",
  "senders": [
   "connector",
   "service"
  ],
  "meaning": "A source's own counts were compared with the record.",
  "phase": "observation",
  "required": [],
  "any_of": [],
  "sections": [],
  "details": {
   "from": "RFC 3339 time",
   "to": "RFC 3339 time",
   "expected": "count of the source",
   "recorded": "count in the record"
  }
 },
 "object.read": {
  "group": "effect",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "A business object was read.",
  "phase": "observation",
  "required": [
   "object_refs"
  ],
  "any_of": [],
  "sections": [
   "effect",
   "tool",
   "access"
  ],
  "details": {}
 },
 "object.changed": {
  "group": "effect",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "A business object was created, changed or deleted, as the doer says.",
  "phase": "effect",
  "required": [
   "object_refs",
   "effect.kind"
  ],
  "any_of": [],
  "sections": [
   "effect",
   "tool"
  ],
  "details": {
   "change_reason": "a code"
  }
 },
 "object.change.confirmed": {
  "group": "effect",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "The system of record itself reports a change.",
  "phase": "effect",
  "required": [
   "object_refs",
   "effect.kind"
  ],
  "any_of": [],
  "sections": [
   "effect"
  ],
  "details": {
   "change_origin": "a code"
  }
 },
 "object.change.reverted": {
  "group": "effect",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "A change was undone.",
  "phase": "effect",
  "required": [
   "object_refs",
   "effect.kind"
  ],
  "any_of": [],
  "sections": [
   "effect",
   "tool"
  ],
  "details": {
   "change_reason": "a code"
  }
 },
 "message.sent": {
  "group": "effect",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "A message left: mail, chat, SMS.",
  "phase": "effect",
  "required": [
   "message.channel"
  ],
  "any_of": [],
  "sections": [
   "message",
   "effect",
   "tool"
  ],
  "details": {
   "template_id": "template used"
  }
 },
 "process.triggered": {
  "group": "effect",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "A workflow or job was started.",
  "phase": "effect",
  "required": [],
  "any_of": [
   "effect_id",
   "object_refs",
   "effect.transaction_key"
  ],
  "sections": [
   "effect",
   "tool"
  ],
  "details": {
   "process_id": "process definition",
   "process_instance_id": "its instance"
  }
 },
 "process.completed": {
  "group": "effect",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "A workflow or job ended.",
  "phase": "observation",
  "required": [],
  "any_of": [
   "effect_id",
   "object_refs",
   "effect.transaction_key"
  ],
  "sections": [
   "effect"
  ],
  "details": {
   "process_id": "process definition",
   "process_instance_id": "its instance",
   "branch": "branch taken, a code"
  }
 },
 "process.failed": {
  "group": "effect",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "A workflow or job ended in an error.",
  "phase": "observation",
  "required": [],
  "any_of": [
   "effect_id",
   "object_refs",
   "effect.transaction_key"
  ],
  "sections": [
   "effect"
  ],
  "details": {
   "process_id": "process definition",
   "process_instance_id": "its instance",
   "error_type": "class of the error"
  }
 },
 "identity.session.started": {
  "group": "identity",
  "topic": "audit.activity.v1",
  "senders": [
   "connector",
   "service"
  ],
  "meaning": "A person or service signed in or opened a session.",
  "phase": "observation",
  "required": [
   "session_id"
  ],
  "any_of": [],
  "sections": [],
  "details": {
   "method": "how it was authenticated, a code",
   "device_class": "class of device"
  }
 },
 "identity.session.ended": {
  "group": "identity",
  "topic": "audit.activity.v1",
  "senders": [
   "connector",
   "service"
  ],
  "meaning": "A session ended.",
  "phase": "observation",
  "required": [
   "session_id"
  ],
  "any_of": [],
  "sections": [],
  "details": {
   "end_reason": "why, a code"
  }
 },
 "identity.delegation.granted": {
  "group": "identity",
  "topic": "audit.activity.v1",
  "senders": [
   "connector",
   "service"
  ],
  "meaning": "Somebody allowed somebody else to act for them.",
  "phase": "decision",
  "required": [
   "on_behalf_of"
  ],
  "any_of": [],
  "sections": [],
  "details": {
   "grant_id": "the grant",
   "scope": "what it covers, a code",
   "expires_at": "RFC 3339 time"
  }
 },
 "identity.delegation.revoked": {
  "group": "identity",
  "topic": "audit.activity.v1",
  "senders": [
   "connector",
   "service"
  ],
  "meaning": "A delegation was taken back.",
  "phase": "decision",
  "required": [
   "on_behalf_of"
  ],
  "any_of": [],
  "sections": [],
  "details": {
   "grant_id": "the grant",
   "reason": "a code"
  }
 },
 "identity.account.linked": {
  "group": "identity",
  "topic": "audit.activity.v1",
  "senders": [
   "connector",
   "service"
  ],
  "meaning": "Two accounts were found to be one person's.",
  "phase": "decision",
  "required": [
   "link.from_id",
   "link.to_id"
  ],
  "any_of": [],
  "sections": [
   "link"
  ],
  "details": {}
 },
 "identity.account.unlinked": {
  "group": "identity",
  "topic": "audit.activity.v1",
  "senders": [
   "connector",
   "service"
  ],
  "meaning": "A link of accounts was taken back.",
  "phase": "decision",
  "required": [
   "link.from_id",
   "link.to_id"
  ],
  "any_of": [],
  "sections": [
   "link"
  ],
  "details": {}
 },
 "collector.started": {
  "group": "intake",
  "topic": "audit.control.v1",
  "senders": [
   "service"
  ],
  "meaning": "A collector began to take events.",
  "phase": "observation",
  "required": [],
  "any_of": [],
  "sections": [],
  "details": {
   "version": "version of the software",
   "instance_id": "instance",
   "boot_id": "this start"
  }
 },
 "collector.heartbeat": {
  "group": "intake",
  "topic": "audit.control.v1",
  "senders": [
   "service"
  ],
  "meaning": "A collector lives; silence after it is a gap.",
  "phase": "observation",
  "required": [],
  "any_of": [],
  "sections": [],
  "details": {
   "instance_id": "instance",
   "boot_id": "this start",
   "accepted": "events acknowledged since its start",
   "rejected": "items refused since its start",
   "streams": "open streams"
  }
 },
 "collector.stopped": {
  "group": "intake",
  "topic": "audit.control.v1",
  "senders": [
   "service"
  ],
  "meaning": "A collector stopped in good order.",
  "phase": "observation",
  "required": [],
  "any_of": [],
  "sections": [],
  "details": {
   "instance_id": "instance",
   "boot_id": "this start",
   "accepted": "events acknowledged since its start",
   "rejected": "items refused since its start"
  }
 },
 "stream.opened": {
  "group": "intake",
  "topic": "audit.control.v1",
  "senders": [
   "service"
  ],
  "meaning": "A numbered stream began.",
  "phase": "observation",
  "required": [
   "gap.stream_id"
  ],
  "any_of": [],
  "sections": [
   "gap"
  ],
  "details": {}
 },
 "stream.closed": {
  "group": "intake",
  "topic": "audit.control.v1",
  "senders": [
   "service"
  ],
  "meaning": "A numbered stream ended; its last number is known.",
  "phase": "observation",
  "required": [
   "gap.stream_id",
   "gap.to_seq"
  ],
  "any_of": [],
  "sections": [
   "gap"
  ],
  "details": {}
 },
 "collector.gap.detected": {
  "group": "intake",
  "topic": "audit.control.v1",
  "senders": [
   "connector",
   "service"
  ],
  "meaning": "Numbers are missing from a stream.",
  "phase": "observation",
  "required": [
   "gap.kind"
  ],
  "any_of": [],
  "sections": [
   "gap"
  ],
  "details": {
   "cause": "a code",
   "missing": "how many, if known"
  }
 },
 "collector.gap.closed": {
  "group": "intake",
  "topic": "audit.control.v1",
  "senders": [
   "connector",
   "service"
  ],
  "meaning": "Missing numbers arrived.",
  "phase": "observation",
  "required": [
   "gap.stream_id"
  ],
  "any_of": [],
  "sections": [
   "gap"
  ],
  "details": {}
 },
 "event.rejected": {
  "group": "intake",
  "topic": "audit.control.v1",
  "senders": [
   "service"
  ],
  "meaning": "An item was refused at the door; its content is not kept.",
  "phase": "observation",
  "required": [],
  "any_of": [],
  "sections": [],
  "details": {
   "code": "error code",
   "path": "where in the item",
   "claimed_type": "type it claimed, when that is in the catalogue",
   "count": "how many alike, when they were folded"
  }
 },
 "interaction.prompt.submitted": {
  "group": "interaction",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "A person or system entered a prompt.",
  "phase": "intent",
  "required": [],
  "any_of": [
   "session_id",
   "run_id"
  ],
  "sections": [
   "model"
  ],
  "details": {
   "input_kind": "text, voice, file; a code"
  }
 },
 "interaction.response.delivered": {
  "group": "interaction",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "An answer reached the person or system.",
  "phase": "effect",
  "required": [],
  "any_of": [
   "session_id",
   "run_id"
  ],
  "sections": [
   "model",
   "usage"
  ],
  "details": {
   "render": "how it was shown, a code"
  }
 },
 "interaction.comparison.started": {
  "group": "interaction",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "Several models' answers were put side by side.",
  "phase": "observation",
  "required": [
   "comparison.comparison_id",
   "comparison.candidates"
  ],
  "any_of": [],
  "sections": [
   "comparison"
  ],
  "details": {
   "blind": "true when providers were hidden"
  }
 },
 "interaction.response.selected": {
  "group": "interaction",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "One of the compared answers was chosen.",
  "phase": "decision",
  "required": [
   "comparison.comparison_id",
   "comparison.chosen_call_id"
  ],
  "any_of": [],
  "sections": [
   "comparison"
  ],
  "details": {}
 },
 "interaction.feedback.given": {
  "group": "interaction",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "Somebody rated an answer.",
  "phase": "observation",
  "required": [],
  "any_of": [
   "call_id",
   "run_id",
   "session_id"
  ],
  "sections": [],
  "details": {
   "rating": "a code or number",
   "scale": "name of the scale"
  }
 },
 "retrieval.performed": {
  "group": "knowledge",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "Documents were looked up for a model.",
  "phase": "observation",
  "required": [
   "retrieval.source_id"
  ],
  "any_of": [],
  "sections": [
   "retrieval",
   "usage"
  ],
  "details": {
   "strategy": "a code",
   "top_k": "a number"
  }
 },
 "memory.read": {
  "group": "knowledge",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "An agent read its memory.",
  "phase": "observation",
  "required": [
   "retrieval.source_id"
  ],
  "any_of": [],
  "sections": [
   "retrieval"
  ],
  "details": {
   "memory_kind": "a code"
  }
 },
 "memory.written": {
  "group": "knowledge",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "An agent wrote to its memory.",
  "phase": "effect",
  "required": [
   "retrieval.source_id"
  ],
  "any_of": [],
  "sections": [
   "retrieval"
  ],
  "details": {
   "memory_kind": "a code",
   "memory_id": "entry"
  }
 },
 "memory.deleted": {
  "group": "knowledge",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "An entry of an agent's memory was deleted.",
  "phase": "effect",
  "required": [
   "retrieval.source_id"
  ],
  "any_of": [],
  "sections": [
   "retrieval"
  ],
  "details": {
   "memory_kind": "a code",
   "memory_id": "entry"
  }
 },
 "link.asserted": {
  "group": "links",
  "topic": "audit.control.v1",
  "senders": [
   "connector",
   "service"
  ],
  "meaning": "Two things were found to belong together.",
  "phase": "observation",
  "required": [
   "link.link_id",
   "link.kind",
   "link.from_id",
   "link.to_id"
  ],
  "any_of": [],
  "sections": [
   "link"
  ],
  "details": {}
 },
 "link.retracted": {
  "group": "links",
  "topic": "audit.control.v1",
  "senders": [
   "connector",
   "service"
  ],
  "meaning": "A link was taken back.",
  "phase": "observation",
  "required": [
   "link.link_id"
  ],
  "any_of": [],
  "sections": [
   "link"
  ],
  "details": {
   "reason": "a code"
  }
 },
 "model.call.requested": {
  "group": "model",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "A model was called.",
  "phase": "intent",
  "required": [
   "call_id"
  ],
  "any_of": [],
  "sections": [
   "model",
   "usage"
  ],
  "details": {
   "temperature": "a number",
   "api": "interface used, a code"
  }
 },
 "model.call.completed": {
  "group": "model",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "A model answered.",
  "phase": "observation",
  "required": [
   "call_id"
  ],
  "any_of": [],
  "sections": [
   "model",
   "usage"
  ],
  "details": {
   "temperature": "a number",
   "api": "interface used, a code",
   "tool_calls": "how many tool calls the answer asked for"
  }
 },
 "model.call.failed": {
  "group": "model",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "A model call ended in an error.",
  "phase": "observation",
  "required": [
   "call_id"
  ],
  "any_of": [],
  "sections": [
   "model",
   "usage"
  ],
  "details": {
   "error_type": "class of the error",
   "http_status": "a number"
  }
 },
 "approval.requested": {
  "group": "oversight",
  "topic": "audit.control.v1",
  "senders": [
   "connector",
   "service"
  ],
  "meaning": "A human was asked to approve an action.",
  "phase": "decision",
  "required": [
   "approval_id"
  ],
  "any_of": [],
  "sections": [
   "approval",
   "tool",
   "effect"
  ],
  "details": {
   "shown_fields": "codes of what was shown, comma separated"
  }
 },
 "approval.decided": {
  "group": "oversight",
  "topic": "audit.control.v1",
  "senders": [
   "connector",
   "service"
  ],
  "meaning": "A human approved or rejected an action.",
  "phase": "decision",
  "required": [
   "approval_id",
   "approval.approver",
   "approval.decision"
  ],
  "any_of": [],
  "sections": [
   "approval",
   "tool",
   "effect"
  ],
  "details": {
   "shown_fields": "codes of what was shown, comma separated"
  }
 },
 "approval.expired": {
  "group": "oversight",
  "topic": "audit.control.v1",
  "senders": [
   "connector",
   "service"
  ],
  "meaning": "Nobody decided in time.",
  "phase": "decision",
  "required": [
   "approval_id"
  ],
  "any_of": [],
  "sections": [
   "approval"
  ],
  "details": {}
 },
 "oversight.override.applied": {
  "group": "oversight",
  "topic": "audit.control.v1",
  "senders": [
   "connector",
   "service"
  ],
  "meaning": "A human overrode a decision of an AI.",
  "phase": "decision",
  "required": [],
  "any_of": [
   "decision_id",
   "call_id",
   "effect_id"
  ],
  "sections": [
   "policy",
   "effect"
  ],
  "details": {
   "override_kind": "a code",
   "reason": "a code"
  }
 },
 "agent.suspended": {
  "group": "oversight",
  "topic": "audit.control.v1",
  "senders": [
   "connector",
   "service"
  ],
  "meaning": "An agent was stopped from acting.",
  "phase": "decision",
  "required": [
   "agent.id"
  ],
  "any_of": [],
  "sections": [],
  "details": {
   "reason": "a code"
  }
 },
 "agent.resumed": {
  "group": "oversight",
  "topic": "audit.control.v1",
  "senders": [
   "connector",
   "service"
  ],
  "meaning": "A suspended agent may act again.",
  "phase": "decision",
  "required": [
   "agent.id"
  ],
  "any_of": [],
  "sections": [],
  "details": {
   "reason": "a code"
  }
 },
 "review.completed": {
  "group": "oversight",
  "topic": "audit.control.v1",
  "senders": [
   "connector",
   "service"
  ],
  "meaning": "A human reviewed what an AI did.",
  "phase": "decision",
  "required": [],
  "any_of": [
   "run_id",
   "case_refs",
   "call_id",
   "approval_id"
  ],
  "sections": [],
  "details": {
   "verdict": "a code",
   "review_kind": "a code"
  }
 },
 "policy.evaluated": {
  "group": "policy",
  "topic": "audit.control.v1",
  "senders": [
   "connector",
   "service"
  ],
  "meaning": "A policy decided about an action.",
  "phase": "decision",
  "required": [
   "policy.policy_id",
   "policy.decision"
  ],
  "any_of": [],
  "sections": [
   "policy",
   "tool",
   "model"
  ],
  "details": {
   "target": "what it was about, a code"
  }
 },
 "content.inspected": {
  "group": "policy",
  "topic": "audit.control.v1",
  "senders": [
   "connector",
   "service"
  ],
  "meaning": "A detector looked at content.",
  "phase": "observation",
  "required": [
   "inspection.detector_id",
   "inspection.verdict"
  ],
  "any_of": [],
  "sections": [
   "inspection"
  ],
  "details": {}
 },
 "content.transformed": {
  "group": "policy",
  "topic": "audit.control.v1",
  "senders": [
   "connector",
   "service"
  ],
  "meaning": "Content was masked, tokenised, removed or generalised.",
  "phase": "effect",
  "required": [
   "transformation.method"
  ],
  "any_of": [],
  "sections": [
   "transformation",
   "inspection"
  ],
  "details": {
   "target_event_id": "event whose content it was"
  }
 },
 "content.blocked": {
  "group": "policy",
  "topic": "audit.control.v1",
  "senders": [
   "connector",
   "service"
  ],
  "meaning": "Content was stopped.",
  "phase": "effect",
  "required": [
   "inspection.detector_id"
  ],
  "any_of": [],
  "sections": [
   "inspection",
   "policy"
  ],
  "details": {}
 },
 "policy.exception.raised": {
  "group": "policy",
  "topic": "audit.control.v1",
  "senders": [
   "connector",
   "service"
  ],
  "meaning": "An exception to a policy was asked for or used.",
  "phase": "decision",
  "required": [
   "policy.policy_id"
  ],
  "any_of": [],
  "sections": [
   "policy",
   "approval"
  ],
  "details": {
   "exception_id": "the exception",
   "reason": "a code",
   "expires_at": "RFC 3339 time"
  }
 },
 "policy.exception.closed": {
  "group": "policy",
  "topic": "audit.control.v1",
  "senders": [
   "connector",
   "service"
  ],
  "meaning": "An exception ended.",
  "phase": "decision",
  "required": [
   "policy.policy_id"
  ],
  "any_of": [],
  "sections": [
   "policy"
  ],
  "details": {
   "exception_id": "the exception",
   "reason": "a code"
  }
 },
 "escalation.raised": {
  "group": "policy",
  "topic": "audit.control.v1",
  "senders": [
   "connector",
   "service"
  ],
  "meaning": "An agent or system handed over to a human.",
  "phase": "effect",
  "required": [],
  "any_of": [
   "run_id",
   "case_refs",
   "call_id"
  ],
  "sections": [
   "tool"
  ],
  "details": {
   "escalation_id": "the escalation",
   "queue": "where it went, a code"
  }
 },
 "run.started": {
  "group": "run",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "An agent began a task.",
  "phase": "intent",
  "required": [
   "run_id"
  ],
  "any_of": [],
  "sections": [
   "run",
   "model"
  ],
  "details": {
   "input_kind": "a code"
  }
 },
 "run.completed": {
  "group": "run",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "An agent finished a task.",
  "phase": "observation",
  "required": [
   "run_id"
  ],
  "any_of": [],
  "sections": [
   "run",
   "usage",
   "model"
  ],
  "details": {
   "reward": "score of an evaluation, a number"
  }
 },
 "run.failed": {
  "group": "run",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "An agent's task ended in an error.",
  "phase": "observation",
  "required": [
   "run_id",
   "run.error_type"
  ],
  "any_of": [],
  "sections": [
   "run",
   "usage",
   "model"
  ],
  "details": {
   "reward": "score of an evaluation, a number"
  }
 },
 "run.stopped": {
  "group": "run",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "Somebody or something stopped a task.",
  "phase": "observation",
  "required": [
   "run_id"
  ],
  "any_of": [],
  "sections": [
   "run",
   "usage"
  ],
  "details": {
   "stopped_by": "a code"
  }
 },
 "step.planned": {
  "group": "run",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "An agent laid down what it would do next.",
  "phase": "intent",
  "required": [
   "run_id",
   "step_id"
  ],
  "any_of": [],
  "sections": [],
  "details": {
   "plan_version": "version of the plan"
  }
 },
 "decision.recorded": {
  "group": "run",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "An agent or workflow took a decision of its own.",
  "phase": "decision",
  "required": [
   "decision_id"
  ],
  "any_of": [],
  "sections": [],
  "details": {
   "decision_kind": "a code",
   "branch": "branch taken, a code",
   "alternatives": "codes, comma separated",
   "rule_id": "rule behind it"
  }
 },
 "agent.delegated": {
  "group": "run",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "An agent handed a task to another.",
  "phase": "intent",
  "required": [
   "run_id"
  ],
  "any_of": [],
  "sections": [],
  "details": {
   "child_run_id": "run of the other agent",
   "child_agent_id": "the other agent"
  }
 },
 "tool.call.requested": {
  "group": "tool",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "A model or agent asked for a tool.",
  "phase": "intent",
  "required": [
   "call_id",
   "tool.name"
  ],
  "any_of": [],
  "sections": [
   "tool"
  ],
  "details": {
   "arguments_state": "parsed or unparsable"
  }
 },
 "tool.call.completed": {
  "group": "tool",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "A tool answered.",
  "phase": "effect",
  "required": [
   "call_id",
   "tool.name",
   "outcome.status"
  ],
  "any_of": [],
  "sections": [
   "tool",
   "usage"
  ],
  "details": {
   "arguments_state": "parsed or unparsable",
   "result_state": "present or missing"
  }
 },
 "tool.call.failed": {
  "group": "tool",
  "topic": "audit.activity.v1",
  "senders": [
   "connector"
  ],
  "meaning": "A tool call ended in an error.",
  "phase": "effect",
  "required": [
   "call_id",
   "tool.name",
   "outcome.status"
  ],
  "any_of": [],
  "sections": [
   "tool",
   "usage"
  ],
  "details": {
   "error_type": "class of the error",
   "arguments_state": "parsed or unparsable"
  }
 }
};
