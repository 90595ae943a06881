// Generated from schemas/ by `npm run generate`. Do not edit: change the model and generate again.

import { type EventType } from './audit-event.gen.ts';

export const definitionsId = "urn:affidavit:v1:definitions" as const;

export const definitionsSchema: object = {
 "$schema": "http://json-schema.org/draft-07/schema#",
 "$id": "urn:affidavit:v1:definitions",
 "definitions": {
  "Principal": {
   "type": "object",
   "properties": {
    "type": {
     "type": "string",
     "enum": [
      "unknown",
      "human",
      "agent",
      "service",
      "system"
     ],
     "description": "kind of principal"
    },
    "id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "human ids are pseudonyms in the log"
    },
    "issuer": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "who issued the id; the source system when left out"
    },
    "relation": {
     "type": "string",
     "enum": [
      "unknown",
      "workforce",
      "customer",
      "partner",
      "public"
     ],
     "description": "to the organisation"
    },
    "grant_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "the delegation under which it acts"
    },
    "display_name": {
     "type": "string",
     "maxLength": 256,
     "description": "name of the person; kept encrypted"
    }
   },
   "required": [
    "type",
    "id"
   ],
   "additionalProperties": false
  },
  "CaseRef": {
   "type": "object",
   "properties": {
    "system": {
     "type": "string",
     "maxLength": 256,
     "minLength": 1,
     "description": "system that keeps the case"
    },
    "type": {
     "type": "string",
     "maxLength": 256,
     "description": "matter, ticket, incident, order dispute"
    },
    "id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "the case's id there, as written"
    },
    "role": {
     "type": "string",
     "maxLength": 256,
     "description": "the case's part in this event"
    }
   },
   "required": [
    "system",
    "id"
   ],
   "additionalProperties": false
  },
  "ObjectRef": {
   "type": "object",
   "properties": {
    "system": {
     "type": "string",
     "maxLength": 256,
     "minLength": 1,
     "description": "system of the business object"
    },
    "instance": {
     "type": "string",
     "maxLength": 256,
     "description": "installation or organisation of that system"
    },
    "type": {
     "type": "string",
     "maxLength": 256,
     "minLength": 1,
     "description": "invoice, order, contract"
    },
    "id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "as written; a pseudonym when the object is a person"
    },
    "role": {
     "type": "string",
     "enum": [
      "unknown",
      "subject",
      "read",
      "created",
      "updated",
      "deleted",
      "sent",
      "mentioned"
     ],
     "description": "what happened to it"
    },
    "version_before": {
     "type": "string",
     "maxLength": 256,
     "description": "version or ETag before"
    },
    "version_after": {
     "type": "string",
     "maxLength": 256,
     "description": "version or ETag after"
    },
    "person": {
     "type": "boolean",
     "description": "true when the object is a person: its id becomes a pseudonym"
    },
    "display_name": {
     "type": "string",
     "maxLength": 256,
     "description": "name of the person; kept encrypted"
    }
   },
   "required": [
    "system",
    "type",
    "id"
   ],
   "additionalProperties": false
  },
  "SubjectRef": {
   "type": "object",
   "properties": {
    "id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "person whom the data is about, a pseudonym in the log"
    },
    "issuer": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "who issued the id; the source system when left out"
    },
    "role": {
     "type": "string",
     "maxLength": 256,
     "description": "data_subject, authenticated, mentioned"
    },
    "display_name": {
     "type": "string",
     "maxLength": 256,
     "description": "name of the person; kept encrypted"
    }
   },
   "required": [
    "id"
   ],
   "additionalProperties": false
  },
  "ContentRef": {
   "type": "object",
   "properties": {
    "role": {
     "type": "string",
     "enum": [
      "unknown",
      "system",
      "input",
      "output",
      "tool_args",
      "tool_result",
      "document",
      "before",
      "after",
      "attachment",
      "reasoning",
      "config",
      "query",
      "shown",
      "reason",
      "original"
     ],
     "description": "what the body is"
    },
    "capture": {
     "type": "string",
     "enum": [
      "unknown",
      "full",
      "masked",
      "metadata",
      "none"
     ],
     "description": "level applied"
    },
    "size_bytes": {
     "type": "integer",
     "minimum": -4503599627370496,
     "maximum": 4503599627370496,
     "description": "size of the body as received"
    },
    "media_type": {
     "type": "string",
     "maxLength": 256,
     "description": "RFC 6838 media type"
    },
    "transform": {
     "type": "string",
     "maxLength": 256,
     "description": "what was done to it before it was stored"
    },
    "truncated": {
     "type": "boolean",
     "description": "the source itself had cut it"
    },
    "text": {
     "type": "string",
     "description": "the body as text"
    },
    "json": {
     "description": "the body as JSON"
    },
    "data_base64": {
     "type": "string",
     "description": "the body as bytes, base64 (RFC 4648)"
    }
   },
   "required": [
    "role"
   ],
   "additionalProperties": false
  },
  "RetrievalResult": {
   "type": "object",
   "properties": {
    "doc_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "document or chunk"
    },
    "version": {
     "type": "string",
     "maxLength": 256,
     "description": "its version"
    },
    "score": {
     "type": "number",
     "description": "as the retriever scored it"
    }
   },
   "required": [
    "doc_id"
   ],
   "additionalProperties": false
  },
  "Candidate": {
   "type": "object",
   "properties": {
    "call_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "the model call that produced it"
    },
    "provider": {
     "type": "string",
     "maxLength": 256,
     "description": "provider"
    },
    "model": {
     "type": "string",
     "maxLength": 256,
     "description": "model"
    },
    "position": {
     "type": "integer",
     "minimum": -4503599627370496,
     "maximum": 4503599627370496,
     "description": "order in which it was shown, from 1"
    },
    "status": {
     "type": "string",
     "enum": [
      "unknown",
      "shown",
      "failed",
      "hidden"
     ],
     "description": "shown, failed, hidden"
    }
   },
   "required": [
    "call_id"
   ],
   "additionalProperties": false
  },
  "Finding": {
   "type": "object",
   "properties": {
    "category": {
     "type": "string",
     "maxLength": 256,
     "minLength": 1,
     "description": "category found"
    },
    "count": {
     "type": "integer",
     "minimum": -4503599627370496,
     "maximum": 4503599627370496,
     "description": "how many"
    },
    "score": {
     "type": "number",
     "description": "confidence, 0 to 1"
    },
    "path": {
     "type": "string",
     "maxLength": 256,
     "description": "where, as a JSON path"
    }
   },
   "required": [
    "category"
   ],
   "additionalProperties": false
  },
  "Span": {
   "type": "object",
   "properties": {
    "path": {
     "type": "string",
     "maxLength": 256,
     "minLength": 1,
     "description": "where, as a JSON path"
    },
    "category": {
     "type": "string",
     "maxLength": 256,
     "description": "category of what was there"
    },
    "count": {
     "type": "integer",
     "minimum": -4503599627370496,
     "maximum": 4503599627370496,
     "description": "how many spans"
    }
   },
   "required": [
    "path"
   ],
   "additionalProperties": false
  },
  "FieldChange": {
   "type": "object",
   "properties": {
    "path": {
     "type": "string",
     "maxLength": 256,
     "minLength": 1,
     "description": "changed field"
    },
    "before_mac": {
     "type": "string",
     "maxLength": 128,
     "pattern": "^([0-9a-f]{64})?$",
     "description": "keyed hash of the value before"
    },
    "after_mac": {
     "type": "string",
     "maxLength": 128,
     "pattern": "^([0-9a-f]{64})?$",
     "description": "keyed hash of the value after"
    }
   },
   "required": [
    "path"
   ],
   "additionalProperties": false
  },
  "Recipient": {
   "type": "object",
   "properties": {
    "id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "recipient, a pseudonym in the log"
    },
    "issuer": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "who issued the id; the source system when left out"
    },
    "domain": {
     "type": "string",
     "maxLength": 256,
     "description": "domain of the address"
    },
    "kind": {
     "type": "string",
     "enum": [
      "unknown",
      "to",
      "cc",
      "bcc",
      "channel",
      "public"
     ],
     "description": "to, cc, bcc, channel, public"
    },
    "external": {
     "type": "boolean",
     "description": "outside the organisation"
    }
   },
   "required": [
    "id"
   ],
   "additionalProperties": false
  },
  "Source": {
   "type": "object",
   "properties": {
    "system": {
     "type": "string",
     "maxLength": 256,
     "minLength": 1,
     "description": "system that the fact comes from"
    },
    "instance": {
     "type": "string",
     "maxLength": 256,
     "description": "installation or organisation of that system"
    },
    "connector_id": {
     "type": "string",
     "maxLength": 256,
     "description": "connector, from its credential"
    },
    "origin_format": {
     "type": "string",
     "enum": [
      "unknown",
      "native",
      "cloudevents",
      "otlp",
      "gateway",
      "feed",
      "inbox",
      "import"
     ],
     "description": "door by which it came"
    },
    "origin_event_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "id in the source"
    },
    "mapping_id": {
     "type": "string",
     "maxLength": 256,
     "description": "mapping file that composed the event"
    },
    "mapping_version": {
     "type": "string",
     "maxLength": 256,
     "description": "its version"
    },
    "mapping_hash": {
     "type": "string",
     "maxLength": 128,
     "pattern": "^([0-9a-f]{64})?$",
     "description": "SHA-256 of the mapping file and its tables"
    }
   },
   "required": [
    "system"
   ],
   "additionalProperties": false
  },
  "Actor": {
   "type": "object",
   "properties": {
    "type": {
     "type": "string",
     "enum": [
      "unknown",
      "human",
      "agent",
      "service",
      "system"
     ],
     "description": "kind of actor"
    },
    "id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "human ids are pseudonyms in the log"
    },
    "issuer": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "who issued the id; the source system when left out"
    },
    "assurance": {
     "type": "string",
     "enum": [
      "unknown",
      "verified",
      "asserted"
     ],
     "description": "how sure the identity is"
    },
    "relation": {
     "type": "string",
     "enum": [
      "unknown",
      "workforce",
      "customer",
      "partner",
      "public"
     ],
     "description": "to the organisation"
    },
    "display_name": {
     "type": "string",
     "maxLength": 256,
     "description": "name of the person; kept encrypted beside the log, never in it"
    }
   },
   "required": [
    "type",
    "id"
   ],
   "additionalProperties": false
  },
  "Agent": {
   "type": "object",
   "properties": {
    "id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "agent"
    },
    "instance_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "running instance"
    },
    "name": {
     "type": "string",
     "maxLength": 256,
     "description": "name of the agent, not of a person"
    },
    "version": {
     "type": "string",
     "maxLength": 256,
     "description": "version"
    },
    "config_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "configuration in force"
    },
    "framework": {
     "type": "string",
     "maxLength": 256,
     "description": "agent framework"
    }
   },
   "additionalProperties": false
  },
  "PolicyContext": {
   "type": "object",
   "properties": {
    "policy_set": {
     "type": "string",
     "maxLength": 256,
     "description": "policy set in force"
    },
    "version": {
     "type": "string",
     "maxLength": 256,
     "description": "its version"
    },
    "hash": {
     "type": "string",
     "maxLength": 256,
     "description": "its hash"
    }
   },
   "additionalProperties": false
  },
  "Outcome": {
   "type": "object",
   "properties": {
    "status": {
     "type": "string",
     "enum": [
      "unknown",
      "success",
      "failure",
      "denied",
      "timeout",
      "escalated",
      "cancelled",
      "partial"
     ],
     "description": "how it ended"
    },
    "code": {
     "type": "string",
     "maxLength": 256,
     "description": "machine-readable code"
    },
    "reason": {
     "type": "string",
     "maxLength": 256,
     "description": "a code, never prose: prose is content of role reason"
    }
   },
   "additionalProperties": false
  },
  "Model": {
   "type": "object",
   "properties": {
    "provider": {
     "type": "string",
     "maxLength": 256,
     "description": "provider, as gen_ai.provider.name"
    },
    "request_model": {
     "type": "string",
     "maxLength": 256,
     "description": "model asked for"
    },
    "response_model": {
     "type": "string",
     "maxLength": 256,
     "description": "model that answered"
    },
    "hosted": {
     "type": "string",
     "enum": [
      "unknown",
      "vendor",
      "self"
     ],
     "description": "at the vendor or by ourselves"
    },
    "region": {
     "type": "string",
     "maxLength": 256,
     "description": "region of processing"
    }
   },
   "additionalProperties": false
  },
  "Usage": {
   "type": "object",
   "properties": {
    "input_tokens": {
     "type": "integer",
     "minimum": -4503599627370496,
     "maximum": 4503599627370496,
     "description": "tokens in"
    },
    "output_tokens": {
     "type": "integer",
     "minimum": -4503599627370496,
     "maximum": 4503599627370496,
     "description": "tokens out"
    },
    "cached_tokens": {
     "type": "integer",
     "minimum": -4503599627370496,
     "maximum": 4503599627370496,
     "description": "input tokens served from a cache"
    },
    "reasoning_tokens": {
     "type": "integer",
     "minimum": -4503599627370496,
     "maximum": 4503599627370496,
     "description": "output tokens spent on reasoning"
    },
    "cost": {
     "type": [
      "string",
      "number"
     ],
     "pattern": "^-?[0-9]{1,12}(\\.[0-9]{1,12})?$",
     "maxLength": 26,
     "minimum": -999999999999,
     "maximum": 999999999999,
     "description": "cost in `currency`, to twelve places"
    },
    "currency": {
     "type": "string",
     "maxLength": 3,
     "pattern": "^([A-Z]{3})?$",
     "description": "ISO 4217"
    },
    "duration_ms": {
     "type": "integer",
     "minimum": -4503599627370496,
     "maximum": 4503599627370496,
     "description": "duration"
    },
    "first_chunk_ms": {
     "type": "integer",
     "minimum": -4503599627370496,
     "maximum": 4503599627370496,
     "description": "time to the first chunk"
    },
    "finish_reason": {
     "type": "string",
     "maxLength": 256,
     "description": "why generation ended"
    }
   },
   "additionalProperties": false
  },
  "Tool": {
   "type": "object",
   "properties": {
    "name": {
     "type": "string",
     "maxLength": 256,
     "description": "tool"
    },
    "tier": {
     "type": "string",
     "enum": [
      "unknown",
      "read",
      "write",
      "destructive"
     ],
     "description": "what it can do"
    },
    "protocol": {
     "type": "string",
     "enum": [
      "unknown",
      "function",
      "mcp",
      "http",
      "sql",
      "internal"
     ],
     "description": "how it is called"
    },
    "server": {
     "type": "string",
     "maxLength": 256,
     "description": "server that offers it"
    },
    "version": {
     "type": "string",
     "maxLength": 256,
     "description": "its version"
    },
    "args_mac": {
     "type": "string",
     "maxLength": 128,
     "pattern": "^([0-9a-f]{64})?$",
     "description": "keyed hash of the canonical arguments"
    },
    "result_mac": {
     "type": "string",
     "maxLength": 128,
     "pattern": "^([0-9a-f]{64})?$",
     "description": "keyed hash of the canonical result"
    },
    "executed_as": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "technical user in the target system"
    },
    "idempotency_key": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "key sent to the target system"
    }
   },
   "additionalProperties": false
  },
  "Retrieval": {
   "type": "object",
   "properties": {
    "source_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "index or source"
    },
    "index_version": {
     "type": "string",
     "maxLength": 256,
     "description": "its version"
    },
    "results": {
     "type": "array",
     "items": {
      "$ref": "#/definitions/RetrievalResult"
     },
     "maxItems": 1000,
     "description": "what came back, in order"
    }
   },
   "additionalProperties": false
  },
  "Comparison": {
   "type": "object",
   "properties": {
    "comparison_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "comparison"
    },
    "chosen_call_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "the call whose answer was chosen"
    },
    "candidates": {
     "type": "array",
     "items": {
      "$ref": "#/definitions/Candidate"
     },
     "maxItems": 256,
     "description": "what was compared"
    }
   },
   "additionalProperties": false
  },
  "Artifact": {
   "type": "object",
   "properties": {
    "artifact_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "artifact"
    },
    "version": {
     "type": "string",
     "maxLength": 256,
     "description": "version"
    },
    "media_type": {
     "type": "string",
     "maxLength": 256,
     "description": "media type"
    },
    "size_bytes": {
     "type": "integer",
     "minimum": -4503599627370496,
     "maximum": 4503599627370496,
     "description": "size"
    },
    "mac": {
     "type": "string",
     "maxLength": 128,
     "pattern": "^([0-9a-f]{64})?$",
     "description": "keyed hash of its bytes"
    },
    "parent_artifact_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "what it was made from"
    },
    "produced_by_call_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "the call that produced it"
    },
    "destination": {
     "type": "string",
     "maxLength": 256,
     "description": "where it went: a system or domain"
    }
   },
   "additionalProperties": false
  },
  "Access": {
   "type": "object",
   "properties": {
    "kind": {
     "type": "string",
     "maxLength": 256,
     "description": "search, reveal, export, report"
    },
    "row_count": {
     "type": "integer",
     "minimum": -4503599627370496,
     "maximum": 4503599627370496,
     "description": "rows read"
    },
    "paths": {
     "type": "array",
     "items": {
      "type": "string",
      "maxLength": 512,
      "minLength": 1,
      "description": "fields read"
     },
     "maxItems": 256,
     "description": "fields read"
    }
   },
   "additionalProperties": false
  },
  "Policy": {
   "type": "object",
   "properties": {
    "policy_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "policy"
    },
    "policy_version": {
     "type": "string",
     "maxLength": 256,
     "description": "its version"
    },
    "rule_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "rule that decided"
    },
    "decision": {
     "type": "string",
     "enum": [
      "unknown",
      "allow",
      "mask",
      "deny",
      "require_approval"
     ],
     "description": "what was decided"
    },
    "enforcement": {
     "type": "string",
     "enum": [
      "unknown",
      "enforced",
      "advisory",
      "failed_open",
      "failed_closed"
     ],
     "description": "whether it was enforced"
    },
    "latency_ms": {
     "type": "integer",
     "minimum": -4503599627370496,
     "maximum": 4503599627370496,
     "description": "time to decide"
    },
    "reason_codes": {
     "type": "array",
     "items": {
      "type": "string",
      "maxLength": 512,
      "minLength": 1,
      "description": "why"
     },
     "maxItems": 256,
     "description": "why"
    }
   },
   "additionalProperties": false
  },
  "Inspection": {
   "type": "object",
   "properties": {
    "detector_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "detector"
    },
    "detector_version": {
     "type": "string",
     "maxLength": 256,
     "description": "its version"
    },
    "direction": {
     "type": "string",
     "enum": [
      "unknown",
      "prompt",
      "response",
      "tool_args",
      "tool_result",
      "retrieval",
      "file"
     ],
     "description": "what was inspected"
    },
    "verdict": {
     "type": "string",
     "enum": [
      "unknown",
      "detected",
      "transformed",
      "blocked",
      "allowed"
     ],
     "description": "result"
    },
    "findings": {
     "type": "array",
     "items": {
      "$ref": "#/definitions/Finding"
     },
     "maxItems": 256,
     "description": "what was found, never the text itself"
    }
   },
   "additionalProperties": false
  },
  "Transformation": {
   "type": "object",
   "properties": {
    "method": {
     "type": "string",
     "enum": [
      "unknown",
      "mask",
      "tokenise",
      "remove",
      "generalise"
     ],
     "description": "what was done"
    },
    "input_mac": {
     "type": "string",
     "maxLength": 128,
     "pattern": "^([0-9a-f]{64})?$",
     "description": "keyed hash before"
    },
    "output_mac": {
     "type": "string",
     "maxLength": 128,
     "pattern": "^([0-9a-f]{64})?$",
     "description": "keyed hash after"
    },
    "spans": {
     "type": "array",
     "items": {
      "$ref": "#/definitions/Span"
     },
     "maxItems": 256,
     "description": "where"
    }
   },
   "additionalProperties": false
  },
  "Approval": {
   "type": "object",
   "properties": {
    "approver": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "person who decides, a pseudonym in the log"
    },
    "approver_issuer": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "who issued that id; the source system when left out"
    },
    "decision": {
     "type": "string",
     "enum": [
      "unknown",
      "approved",
      "rejected",
      "expired",
      "withdrawn"
     ],
     "description": "decision"
    },
    "threshold": {
     "type": "number",
     "description": "threshold that demanded the approval"
    },
    "value": {
     "type": "number",
     "description": "value held against it"
    },
    "unit": {
     "type": "string",
     "maxLength": 256,
     "description": "unit of both"
    },
    "wait_ms": {
     "type": "integer",
     "minimum": -4503599627370496,
     "maximum": 4503599627370496,
     "description": "from request to decision"
    },
    "expires_at": {
     "type": [
      "string",
      "integer"
     ],
     "format": "date-time",
     "maxLength": 64,
     "description": "when the request lapses"
    }
   },
   "additionalProperties": false
  },
  "Effect": {
   "type": "object",
   "properties": {
    "kind": {
     "type": "string",
     "enum": [
      "unknown",
      "create",
      "update",
      "delete",
      "send",
      "trigger",
      "revert"
     ],
     "description": "what was done"
    },
    "target_system": {
     "type": "string",
     "maxLength": 256,
     "description": "where"
    },
    "executed_as": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "technical user there"
    },
    "document_no": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "document that it produced"
    },
    "transaction_key": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "transaction in the target system"
    },
    "amount": {
     "type": [
      "string",
      "number"
     ],
     "pattern": "^-?[0-9]{1,12}(\\.[0-9]{1,6})?$",
     "maxLength": 20,
     "minimum": -999999999999,
     "maximum": 999999999999,
     "description": "amount in `currency`"
    },
    "currency": {
     "type": "string",
     "maxLength": 3,
     "pattern": "^([A-Z]{3})?$",
     "description": "ISO 4217"
    },
    "reverts_effect_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "the effect that this one undoes"
    },
    "fields": {
     "type": "array",
     "items": {
      "$ref": "#/definitions/FieldChange"
     },
     "maxItems": 256,
     "description": "changed fields"
    }
   },
   "additionalProperties": false
  },
  "Message": {
   "type": "object",
   "properties": {
    "message_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "message"
    },
    "channel": {
     "type": "string",
     "maxLength": 256,
     "description": "email, chat, sms"
    },
    "recipients": {
     "type": "array",
     "items": {
      "$ref": "#/definitions/Recipient"
     },
     "maxItems": 1000,
     "description": "to whom"
    }
   },
   "additionalProperties": false
  },
  "Run": {
   "type": "object",
   "properties": {
    "trigger": {
     "type": "string",
     "maxLength": 256,
     "description": "what started it"
    },
    "automation_level": {
     "type": "string",
     "enum": [
      "unknown",
      "manual",
      "assisted",
      "supervised",
      "autonomous"
     ],
     "description": "how much a human is in it"
    },
    "end_reason": {
     "type": "string",
     "maxLength": 256,
     "description": "why it ended"
    },
    "error_type": {
     "type": "string",
     "maxLength": 256,
     "description": "class of the error"
    },
    "expected_model_calls": {
     "type": "integer",
     "minimum": -4503599627370496,
     "maximum": 4503599627370496,
     "description": "as the source counts them"
    },
    "expected_tool_calls": {
     "type": "integer",
     "minimum": -4503599627370496,
     "maximum": 4503599627370496,
     "description": "as the source counts them"
    },
    "expected_effects": {
     "type": "integer",
     "minimum": -4503599627370496,
     "maximum": 4503599627370496,
     "description": "as the source counts them"
    }
   },
   "additionalProperties": false
  },
  "Change": {
   "type": "object",
   "properties": {
    "kind": {
     "type": "string",
     "enum": [
      "unknown",
      "created",
      "updated",
      "deleted",
      "activated",
      "deactivated"
     ],
     "description": "what happened to the item"
    },
    "item_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "configuration item"
    },
    "item_version": {
     "type": "string",
     "maxLength": 256,
     "description": "its version"
    },
    "from_hash": {
     "type": "string",
     "maxLength": 256,
     "description": "hash before"
    },
    "to_hash": {
     "type": "string",
     "maxLength": 256,
     "description": "hash after"
    },
    "effective_at": {
     "type": [
      "string",
      "integer"
     ],
     "format": "date-time",
     "maxLength": 64,
     "description": "from when on"
    }
   },
   "additionalProperties": false
  },
  "Link": {
   "type": "object",
   "properties": {
    "link_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "link; retraction names the same"
    },
    "kind": {
     "type": "string",
     "enum": [
      "unknown",
      "case_run",
      "run_object",
      "trace_run",
      "run_session",
      "run_user",
      "account_person",
      "object_alias",
      "effect_confirmation",
      "case_case"
     ],
     "description": "which two kinds it joins"
    },
    "from_kind": {
     "type": "string",
     "maxLength": 256,
     "description": "kind of the first end"
    },
    "from_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "first end; a person's id is a pseudonym in the log"
    },
    "from_issuer": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "of a person's or account's id; the source system when left out"
    },
    "to_kind": {
     "type": "string",
     "maxLength": 256,
     "description": "kind of the second end"
    },
    "to_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "second end; a person's id is a pseudonym in the log"
    },
    "to_issuer": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "of a person's or account's id; the source system when left out"
    },
    "basis": {
     "type": "string",
     "enum": [
      "unknown",
      "rule",
      "person",
      "source"
     ],
     "description": "on what it rests"
    },
    "rule_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "rule that found it"
    },
    "confidence": {
     "type": "number",
     "minimum": 0,
     "maximum": 1,
     "description": "0 to 1"
    }
   },
   "additionalProperties": false
  },
  "Gap": {
   "type": "object",
   "properties": {
    "stream_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "stream with the gap"
    },
    "from_seq": {
     "type": "integer",
     "minimum": -4503599627370496,
     "maximum": 4503599627370496,
     "description": "first missing number"
    },
    "to_seq": {
     "type": "integer",
     "minimum": -4503599627370496,
     "maximum": 4503599627370496,
     "description": "last missing number"
    },
    "kind": {
     "type": "string",
     "enum": [
      "unknown",
      "sequence",
      "heartbeat",
      "source_declared",
      "not_acknowledged",
      "sampled"
     ],
     "description": "how it shows"
    }
   },
   "additionalProperties": false
  },
  "Query": {
   "type": "object",
   "properties": {
    "kind": {
     "type": "string",
     "maxLength": 256,
     "description": "timeline, search, resolve, event"
    },
    "as_of": {
     "type": "string",
     "maxLength": 4096,
     "description": "token of what was visible"
    },
    "rows": {
     "type": "integer",
     "minimum": -4503599627370496,
     "maximum": 4503599627370496,
     "description": "rows answered"
    },
    "answer_hash": {
     "type": "string",
     "maxLength": 256,
     "description": "SHA-256 of the answer"
    },
    "reason": {
     "type": "string",
     "maxLength": 256,
     "description": "a code, never prose"
    }
   },
   "additionalProperties": false
  },
  "Envelope": {
   "type": "object",
   "properties": {
    "event_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "UUIDv7, or deterministic from the origin; the idempotency key"
    },
    "event_type": {
     "type": "string",
     "maxLength": 128,
     "minLength": 1,
     "description": "domain.noun.verb_past, from the catalogue"
    },
    "tenant_id": {
     "type": "string",
     "maxLength": 256,
     "description": "tenant, from the credential"
    },
    "environment": {
     "type": "string",
     "enum": [
      "unknown",
      "production",
      "staging",
      "test",
      "evaluation"
     ],
     "description": "environment"
    },
    "region": {
     "type": "string",
     "maxLength": 256,
     "description": "region in which it happened"
    },
    "occurred_at": {
     "type": [
      "string",
      "integer"
     ],
     "format": "date-time",
     "maxLength": 64,
     "description": "when it happened, as the producer says"
    },
    "time_basis": {
     "type": "string",
     "enum": [
      "unknown",
      "source",
      "collector",
      "assigned"
     ],
     "description": "whose clock occurred_at is"
    },
    "time_precision_us": {
     "type": "integer",
     "minimum": -4503599627370496,
     "maximum": 4503599627370496,
     "description": "1 for microseconds, 1000000 for seconds"
    },
    "evidence_grade": {
     "type": "string",
     "enum": [
      "unknown",
      "self_reported",
      "third_party",
      "gateway_observed",
      "system_of_record"
     ],
     "description": "who vouches for it, at most what the credential allows"
    },
    "stream_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "numbered stream that it belongs to"
    },
    "seq": {
     "type": "integer",
     "minimum": -4503599627370496,
     "maximum": 4503599627370496,
     "description": "gapless number in the stream, from 1"
    },
    "source": {
     "$ref": "#/definitions/Source"
    },
    "actor": {
     "$ref": "#/definitions/Actor"
    },
    "on_behalf_of": {
     "type": "array",
     "items": {
      "$ref": "#/definitions/Principal"
     },
     "maxItems": 32,
     "description": "delegation chain, outermost human first"
    },
    "agent": {
     "$ref": "#/definitions/Agent"
    },
    "ai_system_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "registered AI system"
    },
    "org_unit": {
     "type": "string",
     "maxLength": 256,
     "description": "organisational unit"
    },
    "workspace_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "workspace"
    },
    "use_case": {
     "type": "string",
     "maxLength": 256,
     "description": "registered use case"
    },
    "purpose": {
     "type": "string",
     "maxLength": 256,
     "description": "purpose"
    },
    "legal_basis": {
     "type": "string",
     "maxLength": 256,
     "description": "legal basis"
    },
    "channel": {
     "type": "string",
     "enum": [
      "unknown",
      "web",
      "mobile",
      "api",
      "ide",
      "batch"
     ],
     "description": "how the person reached the AI"
    },
    "client_app": {
     "type": "string",
     "maxLength": 256,
     "description": "client application"
    },
    "session_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "conversation"
    },
    "turn_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "one exchange in it"
    },
    "task_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "what is being attempted; groups comparable runs"
    },
    "run_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "one agent task"
    },
    "parent_run_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "run that started this one"
    },
    "root_run_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "outermost run"
    },
    "step_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "step in the run"
    },
    "parent_step_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "step above it"
    },
    "attempt": {
     "type": "integer",
     "minimum": -4503599627370496,
     "maximum": 4503599627370496,
     "description": "attempt, from 1"
    },
    "trace_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "W3C trace"
    },
    "span_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "W3C span"
    },
    "causation_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "event that caused this one"
    },
    "correlation_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "correlation in the source"
    },
    "call_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "one model or tool call"
    },
    "effect_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "what a call caused"
    },
    "decision_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "decision that allowed it"
    },
    "approval_id": {
     "type": "string",
     "maxLength": 512,
     "minLength": 1,
     "description": "approval behind it"
    },
    "action_mac": {
     "type": "string",
     "maxLength": 128,
     "pattern": "^([0-9a-f]{64})?$",
     "description": "keyed hash of principal, tool, target and arguments"
    },
    "case_refs": {
     "type": "array",
     "items": {
      "$ref": "#/definitions/CaseRef"
     },
     "maxItems": 64,
     "description": "matters, tickets, incidents"
    },
    "object_refs": {
     "type": "array",
     "items": {
      "$ref": "#/definitions/ObjectRef"
     },
     "maxItems": 256,
     "description": "business objects"
    },
    "subject_refs": {
     "type": "array",
     "items": {
      "$ref": "#/definitions/SubjectRef"
     },
     "maxItems": 256,
     "description": "people whom the data is about"
    },
    "policy_context": {
     "$ref": "#/definitions/PolicyContext"
    },
    "phase": {
     "type": "string",
     "enum": [
      "unknown",
      "intent",
      "decision",
      "effect",
      "observation"
     ],
     "description": "intent, decision, effect or observation; given by the type"
    },
    "outcome": {
     "$ref": "#/definitions/Outcome"
    },
    "labels": {
     "type": "array",
     "items": {
      "type": "string",
      "maxLength": 512,
      "minLength": 1,
      "description": "labels"
     },
     "maxItems": 64,
     "description": "labels"
    },
    "categories": {
     "type": "array",
     "items": {
      "type": "string",
      "maxLength": 512,
      "minLength": 1,
      "description": "categories of data"
     },
     "maxItems": 64,
     "description": "categories of data"
    },
    "content": {
     "type": "array",
     "items": {
      "$ref": "#/definitions/ContentRef"
     },
     "maxItems": 64,
     "description": "references to bodies"
    },
    "retention_class": {
     "type": "string",
     "maxLength": 256,
     "description": "resolved at intake"
    },
    "details": {
     "type": "object",
     "description": "documented codes per type"
    },
    "model": {
     "$ref": "#/definitions/Model"
    },
    "usage": {
     "$ref": "#/definitions/Usage"
    },
    "tool": {
     "$ref": "#/definitions/Tool"
    },
    "retrieval": {
     "$ref": "#/definitions/Retrieval"
    },
    "comparison": {
     "$ref": "#/definitions/Comparison"
    },
    "artifact": {
     "$ref": "#/definitions/Artifact"
    },
    "access": {
     "$ref": "#/definitions/Access"
    },
    "policy": {
     "$ref": "#/definitions/Policy"
    },
    "inspection": {
     "$ref": "#/definitions/Inspection"
    },
    "transformation": {
     "$ref": "#/definitions/Transformation"
    },
    "approval": {
     "$ref": "#/definitions/Approval"
    },
    "effect": {
     "$ref": "#/definitions/Effect"
    },
    "message": {
     "$ref": "#/definitions/Message"
    },
    "run": {
     "$ref": "#/definitions/Run"
    },
    "change": {
     "$ref": "#/definitions/Change"
    },
    "link": {
     "$ref": "#/definitions/Link"
    },
    "gap": {
     "$ref": "#/definitions/Gap"
    },
    "query": {
     "$ref": "#/definitions/Query"
    }
   },
   "required": [
    "event_type",
    "occurred_at",
    "source",
    "actor"
   ],
   "additionalProperties": false
  }
 }
};

export const eventTypeSchemas: Readonly<Record<EventType, object>> = {
 "artifact.file.uploaded": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:artifact.file.uploaded",
  "title": "artifact.file.uploaded",
  "description": "A file was handed to an AI system.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "artifact.file.uploaded"
   },
   "phase": {
    "const": "effect"
   },
   "details": {
    "type": "object",
    "properties": {},
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "artifact"
    ],
    "properties": {
     "artifact": {
      "required": [
       "artifact_id"
      ],
      "properties": {
       "artifact_id": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "artifact.file.transformed": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:artifact.file.transformed",
  "title": "artifact.file.transformed",
  "description": "A file was converted: OCR, translation, redaction.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "artifact.file.transformed"
   },
   "phase": {
    "const": "effect"
   },
   "details": {
    "type": "object",
    "properties": {
     "operation": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "artifact"
    ],
    "properties": {
     "artifact": {
      "required": [
       "artifact_id"
      ],
      "properties": {
       "artifact_id": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "artifact.file.analyzed": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:artifact.file.analyzed",
  "title": "artifact.file.analyzed",
  "description": "A file was read by a model or tool.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "artifact.file.analyzed"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {
     "operation": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "artifact"
    ],
    "properties": {
     "artifact": {
      "required": [
       "artifact_id"
      ],
      "properties": {
       "artifact_id": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "artifact.file.downloaded": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:artifact.file.downloaded",
  "title": "artifact.file.downloaded",
  "description": "A file left the AI system to a person.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "artifact.file.downloaded"
   },
   "phase": {
    "const": "effect"
   },
   "details": {
    "type": "object",
    "properties": {},
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "artifact"
    ],
    "properties": {
     "artifact": {
      "required": [
       "artifact_id"
      ],
      "properties": {
       "artifact_id": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "artifact.produced": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:artifact.produced",
  "title": "artifact.produced",
  "description": "A call produced an artifact.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "artifact.produced"
   },
   "phase": {
    "const": "effect"
   },
   "details": {
    "type": "object",
    "properties": {},
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "artifact"
    ],
    "properties": {
     "artifact": {
      "required": [
       "artifact_id"
      ],
      "properties": {
       "artifact_id": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "content.exported": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:content.exported",
  "title": "content.exported",
  "description": "Content was exported from the AI system.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "content.exported"
   },
   "phase": {
    "const": "effect"
   },
   "details": {
    "type": "object",
    "properties": {
     "format": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "artifact"
    ],
    "properties": {
     "artifact": {
      "required": [
       "destination"
      ],
      "properties": {
       "destination": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "content.shared": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:content.shared",
  "title": "content.shared",
  "description": "Content was shared with others.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "content.shared"
   },
   "phase": {
    "const": "effect"
   },
   "details": {
    "type": "object",
    "properties": {
     "visibility": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "anyOf": [
     {
      "required": [
       "artifact"
      ],
      "properties": {
       "artifact": {
        "required": [
         "artifact_id"
        ],
        "properties": {
         "artifact_id": {
          "minLength": 1
         }
        }
       }
      }
     },
     {
      "required": [
       "message"
      ],
      "properties": {
       "message": {
        "required": [
         "recipients"
        ],
        "properties": {
         "recipients": {
          "minItems": 1
         }
        }
       }
      }
     }
    ]
   }
  ]
 },
 "content.copied": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:content.copied",
  "title": "content.copied",
  "description": "Content was copied to somewhere else.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "content.copied"
   },
   "phase": {
    "const": "effect"
   },
   "details": {
    "type": "object",
    "properties": {
     "target": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "anyOf": [
     {
      "required": [
       "artifact"
      ],
      "properties": {
       "artifact": {
        "required": [
         "artifact_id"
        ],
        "properties": {
         "artifact_id": {
          "minLength": 1
         }
        }
       }
      }
     },
     {
      "required": [
       "call_id"
      ]
     }
    ]
   }
  ]
 },
 "audit.query.executed": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:audit.query.executed",
  "title": "audit.query.executed",
  "description": "Somebody asked the record: timeline, search, resolve, event.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "audit.query.executed"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {
     "route": {
      "type": "string",
      "maxLength": 256,
      "description": "route asked"
     },
     "status": {
      "type": "string",
      "maxLength": 256,
      "description": "HTTP status of the answer"
     },
     "filters": {
      "type": "string",
      "maxLength": 256,
      "description": "names of the filters used, comma separated"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "query"
    ],
    "properties": {
     "query": {
      "required": [
       "kind"
      ],
      "properties": {
       "kind": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "audit.content.revealed": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:audit.content.revealed",
  "title": "audit.content.revealed",
  "description": "Somebody saw content.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "audit.content.revealed"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {
     "content_id": {
      "type": "string",
      "maxLength": 256,
      "description": "what was shown"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "query"
    ],
    "properties": {
     "query": {
      "required": [
       "reason"
      ],
      "properties": {
       "reason": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "audit.export.created": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:audit.export.created",
  "title": "audit.export.created",
  "description": "Somebody exported evidence.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "audit.export.created"
   },
   "phase": {
    "const": "effect"
   },
   "details": {
    "type": "object",
    "properties": {
     "export_id": {
      "type": "string",
      "maxLength": 256,
      "description": "the export"
     },
     "manifest_hash": {
      "type": "string",
      "maxLength": 256,
      "description": "SHA-256 of its manifest"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "query"
    ],
    "properties": {
     "query": {
      "required": [
       "kind"
      ],
      "properties": {
       "kind": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "audit.report.generated": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:audit.report.generated",
  "title": "audit.report.generated",
  "description": "A report was made.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "audit.report.generated"
   },
   "phase": {
    "const": "effect"
   },
   "details": {
    "type": "object",
    "properties": {
     "report_id": {
      "type": "string",
      "maxLength": 256,
      "description": "the report"
     },
     "definition_version": {
      "type": "string",
      "maxLength": 256,
      "description": "version of its definition"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "query"
    ],
    "properties": {
     "query": {
      "required": [
       "kind"
      ],
      "properties": {
       "kind": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "case.opened": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:case.opened",
  "title": "case.opened",
  "description": "A case was opened.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "case.opened"
   },
   "phase": {
    "const": "decision"
   },
   "details": {
    "type": "object",
    "properties": {
     "case_kind": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "case_refs"
    ],
    "properties": {
     "case_refs": {
      "minItems": 1
     }
    }
   }
  ]
 },
 "case.closed": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:case.closed",
  "title": "case.closed",
  "description": "A case was closed.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "case.closed"
   },
   "phase": {
    "const": "decision"
   },
   "details": {
    "type": "object",
    "properties": {
     "result": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "case_refs"
    ],
    "properties": {
     "case_refs": {
      "minItems": 1
     }
    }
   }
  ]
 },
 "case.noted": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:case.noted",
  "title": "case.noted",
  "description": "Somebody wrote a note on a case.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "case.noted"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {
     "note_id": {
      "type": "string",
      "maxLength": 256,
      "description": "the note"
     },
     "about_event_id": {
      "type": "string",
      "maxLength": 256,
      "description": "event it is about"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "case_refs"
    ],
    "properties": {
     "case_refs": {
      "minItems": 1
     }
    }
   }
  ]
 },
 "case.tagged": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:case.tagged",
  "title": "case.tagged",
  "description": "Somebody tagged something in a case.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "case.tagged"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {
     "tag": {
      "type": "string",
      "maxLength": 256,
      "description": "the tag, a code"
     },
     "about_event_id": {
      "type": "string",
      "maxLength": 256,
      "description": "event it is about"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "case_refs"
    ],
    "properties": {
     "case_refs": {
      "minItems": 1
     }
    }
   }
  ]
 },
 "case.concluded": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:case.concluded",
  "title": "case.concluded",
  "description": "A case's conclusion was written.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "case.concluded"
   },
   "phase": {
    "const": "decision"
   },
   "details": {
    "type": "object",
    "properties": {
     "conclusion": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "case_refs"
    ],
    "properties": {
     "case_refs": {
      "minItems": 1
     }
    }
   }
  ]
 },
 "config.changed": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:config.changed",
  "title": "config.changed",
  "description": "A model, prompt, policy, tool or setting changed.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "config.changed"
   },
   "phase": {
    "const": "effect"
   },
   "details": {
    "type": "object",
    "properties": {
     "item_kind": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "change"
    ],
    "properties": {
     "change": {
      "required": [
       "item_id"
      ],
      "properties": {
       "item_id": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "schema.registered": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:schema.registered",
  "title": "schema.registered",
  "description": "A schema of this log was registered.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "schema.registered"
   },
   "phase": {
    "const": "effect"
   },
   "details": {
    "type": "object",
    "properties": {
     "subject": {
      "type": "string",
      "maxLength": 256,
      "description": "registry subject"
     },
     "schema_id": {
      "type": "string",
      "maxLength": 256,
      "description": "id in the registry"
     },
     "version": {
      "type": "string",
      "maxLength": 256,
      "description": "version in the subject"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "change"
    ],
    "properties": {
     "change": {
      "required": [
       "item_id"
      ],
      "properties": {
       "item_id": {
        "minLength": 1
       }
      }
     }
    }
   },
   {
    "required": [
     "change"
    ],
    "properties": {
     "change": {
      "required": [
       "to_hash"
      ],
      "properties": {
       "to_hash": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "system.registered": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:system.registered",
  "title": "system.registered",
  "description": "An AI system was entered in the register.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "system.registered"
   },
   "phase": {
    "const": "effect"
   },
   "details": {
    "type": "object",
    "properties": {
     "risk_class": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     },
     "provider": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "ai_system_id"
    ]
   }
  ]
 },
 "system.retired": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:system.retired",
  "title": "system.retired",
  "description": "An AI system was taken out of use.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "system.retired"
   },
   "phase": {
    "const": "effect"
   },
   "details": {
    "type": "object",
    "properties": {
     "reason": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "ai_system_id"
    ]
   }
  ]
 },
 "source.reconciled": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:source.reconciled",
  "title": "source.reconciled",
  "description": "A source's own counts were compared with the record.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "source.reconciled"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {
     "from": {
      "type": "string",
      "maxLength": 256,
      "description": "RFC 3339 time"
     },
     "to": {
      "type": "string",
      "maxLength": 256,
      "description": "RFC 3339 time"
     },
     "expected": {
      "type": "string",
      "maxLength": 256,
      "description": "count of the source"
     },
     "recorded": {
      "type": "string",
      "maxLength": 256,
      "description": "count in the record"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   }
  ]
 },
 "object.read": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:object.read",
  "title": "object.read",
  "description": "A business object was read.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "object.read"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {},
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "object_refs"
    ],
    "properties": {
     "object_refs": {
      "minItems": 1
     }
    }
   }
  ]
 },
 "object.changed": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:object.changed",
  "title": "object.changed",
  "description": "A business object was created, changed or deleted, as the doer says.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "object.changed"
   },
   "phase": {
    "const": "effect"
   },
   "details": {
    "type": "object",
    "properties": {
     "change_reason": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "object_refs"
    ],
    "properties": {
     "object_refs": {
      "minItems": 1
     }
    }
   },
   {
    "required": [
     "effect"
    ],
    "properties": {
     "effect": {
      "required": [
       "kind"
      ]
     }
    }
   }
  ]
 },
 "object.change.confirmed": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:object.change.confirmed",
  "title": "object.change.confirmed",
  "description": "The system of record itself reports a change.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "object.change.confirmed"
   },
   "phase": {
    "const": "effect"
   },
   "details": {
    "type": "object",
    "properties": {
     "change_origin": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "object_refs"
    ],
    "properties": {
     "object_refs": {
      "minItems": 1
     }
    }
   },
   {
    "required": [
     "effect"
    ],
    "properties": {
     "effect": {
      "required": [
       "kind"
      ]
     }
    }
   }
  ]
 },
 "object.change.reverted": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:object.change.reverted",
  "title": "object.change.reverted",
  "description": "A change was undone.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "object.change.reverted"
   },
   "phase": {
    "const": "effect"
   },
   "details": {
    "type": "object",
    "properties": {
     "change_reason": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "object_refs"
    ],
    "properties": {
     "object_refs": {
      "minItems": 1
     }
    }
   },
   {
    "required": [
     "effect"
    ],
    "properties": {
     "effect": {
      "required": [
       "kind"
      ]
     }
    }
   }
  ]
 },
 "message.sent": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:message.sent",
  "title": "message.sent",
  "description": "A message left: mail, chat, SMS.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "message.sent"
   },
   "phase": {
    "const": "effect"
   },
   "details": {
    "type": "object",
    "properties": {
     "template_id": {
      "type": "string",
      "maxLength": 256,
      "description": "template used"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "message"
    ],
    "properties": {
     "message": {
      "required": [
       "channel"
      ],
      "properties": {
       "channel": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "process.triggered": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:process.triggered",
  "title": "process.triggered",
  "description": "A workflow or job was started.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "process.triggered"
   },
   "phase": {
    "const": "effect"
   },
   "details": {
    "type": "object",
    "properties": {
     "process_id": {
      "type": "string",
      "maxLength": 256,
      "description": "process definition"
     },
     "process_instance_id": {
      "type": "string",
      "maxLength": 256,
      "description": "its instance"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "anyOf": [
     {
      "required": [
       "effect_id"
      ]
     },
     {
      "required": [
       "object_refs"
      ],
      "properties": {
       "object_refs": {
        "minItems": 1
       }
      }
     },
     {
      "required": [
       "effect"
      ],
      "properties": {
       "effect": {
        "required": [
         "transaction_key"
        ],
        "properties": {
         "transaction_key": {
          "minLength": 1
         }
        }
       }
      }
     }
    ]
   }
  ]
 },
 "process.completed": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:process.completed",
  "title": "process.completed",
  "description": "A workflow or job ended.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "process.completed"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {
     "process_id": {
      "type": "string",
      "maxLength": 256,
      "description": "process definition"
     },
     "process_instance_id": {
      "type": "string",
      "maxLength": 256,
      "description": "its instance"
     },
     "branch": {
      "type": "string",
      "maxLength": 256,
      "description": "branch taken, a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "anyOf": [
     {
      "required": [
       "effect_id"
      ]
     },
     {
      "required": [
       "object_refs"
      ],
      "properties": {
       "object_refs": {
        "minItems": 1
       }
      }
     },
     {
      "required": [
       "effect"
      ],
      "properties": {
       "effect": {
        "required": [
         "transaction_key"
        ],
        "properties": {
         "transaction_key": {
          "minLength": 1
         }
        }
       }
      }
     }
    ]
   }
  ]
 },
 "process.failed": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:process.failed",
  "title": "process.failed",
  "description": "A workflow or job ended in an error.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "process.failed"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {
     "process_id": {
      "type": "string",
      "maxLength": 256,
      "description": "process definition"
     },
     "process_instance_id": {
      "type": "string",
      "maxLength": 256,
      "description": "its instance"
     },
     "error_type": {
      "type": "string",
      "maxLength": 256,
      "description": "class of the error"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "anyOf": [
     {
      "required": [
       "effect_id"
      ]
     },
     {
      "required": [
       "object_refs"
      ],
      "properties": {
       "object_refs": {
        "minItems": 1
       }
      }
     },
     {
      "required": [
       "effect"
      ],
      "properties": {
       "effect": {
        "required": [
         "transaction_key"
        ],
        "properties": {
         "transaction_key": {
          "minLength": 1
         }
        }
       }
      }
     }
    ]
   }
  ]
 },
 "identity.session.started": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:identity.session.started",
  "title": "identity.session.started",
  "description": "A person or service signed in or opened a session.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "identity.session.started"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {
     "method": {
      "type": "string",
      "maxLength": 256,
      "description": "how it was authenticated, a code"
     },
     "device_class": {
      "type": "string",
      "maxLength": 256,
      "description": "class of device"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "session_id"
    ]
   }
  ]
 },
 "identity.session.ended": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:identity.session.ended",
  "title": "identity.session.ended",
  "description": "A session ended.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "identity.session.ended"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {
     "end_reason": {
      "type": "string",
      "maxLength": 256,
      "description": "why, a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "session_id"
    ]
   }
  ]
 },
 "identity.delegation.granted": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:identity.delegation.granted",
  "title": "identity.delegation.granted",
  "description": "Somebody allowed somebody else to act for them.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "identity.delegation.granted"
   },
   "phase": {
    "const": "decision"
   },
   "details": {
    "type": "object",
    "properties": {
     "grant_id": {
      "type": "string",
      "maxLength": 256,
      "description": "the grant"
     },
     "scope": {
      "type": "string",
      "maxLength": 256,
      "description": "what it covers, a code"
     },
     "expires_at": {
      "type": "string",
      "maxLength": 256,
      "description": "RFC 3339 time"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "on_behalf_of"
    ],
    "properties": {
     "on_behalf_of": {
      "minItems": 1
     }
    }
   }
  ]
 },
 "identity.delegation.revoked": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:identity.delegation.revoked",
  "title": "identity.delegation.revoked",
  "description": "A delegation was taken back.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "identity.delegation.revoked"
   },
   "phase": {
    "const": "decision"
   },
   "details": {
    "type": "object",
    "properties": {
     "grant_id": {
      "type": "string",
      "maxLength": 256,
      "description": "the grant"
     },
     "reason": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "on_behalf_of"
    ],
    "properties": {
     "on_behalf_of": {
      "minItems": 1
     }
    }
   }
  ]
 },
 "identity.account.linked": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:identity.account.linked",
  "title": "identity.account.linked",
  "description": "Two accounts were found to be one person's.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "identity.account.linked"
   },
   "phase": {
    "const": "decision"
   },
   "details": {
    "type": "object",
    "properties": {},
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "link"
    ],
    "properties": {
     "link": {
      "required": [
       "from_id"
      ],
      "properties": {
       "from_id": {
        "minLength": 1
       }
      }
     }
    }
   },
   {
    "required": [
     "link"
    ],
    "properties": {
     "link": {
      "required": [
       "to_id"
      ],
      "properties": {
       "to_id": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "identity.account.unlinked": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:identity.account.unlinked",
  "title": "identity.account.unlinked",
  "description": "A link of accounts was taken back.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "identity.account.unlinked"
   },
   "phase": {
    "const": "decision"
   },
   "details": {
    "type": "object",
    "properties": {},
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "link"
    ],
    "properties": {
     "link": {
      "required": [
       "from_id"
      ],
      "properties": {
       "from_id": {
        "minLength": 1
       }
      }
     }
    }
   },
   {
    "required": [
     "link"
    ],
    "properties": {
     "link": {
      "required": [
       "to_id"
      ],
      "properties": {
       "to_id": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "collector.started": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:collector.started",
  "title": "collector.started",
  "description": "A collector began to take events.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "collector.started"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {
     "version": {
      "type": "string",
      "maxLength": 256,
      "description": "version of the software"
     },
     "instance_id": {
      "type": "string",
      "maxLength": 256,
      "description": "instance"
     },
     "boot_id": {
      "type": "string",
      "maxLength": 256,
      "description": "this start"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   }
  ]
 },
 "collector.heartbeat": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:collector.heartbeat",
  "title": "collector.heartbeat",
  "description": "A collector lives; silence after it is a gap.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "collector.heartbeat"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {
     "instance_id": {
      "type": "string",
      "maxLength": 256,
      "description": "instance"
     },
     "boot_id": {
      "type": "string",
      "maxLength": 256,
      "description": "this start"
     },
     "accepted": {
      "type": "string",
      "maxLength": 256,
      "description": "events acknowledged since its start"
     },
     "rejected": {
      "type": "string",
      "maxLength": 256,
      "description": "items refused since its start"
     },
     "streams": {
      "type": "string",
      "maxLength": 256,
      "description": "open streams"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   }
  ]
 },
 "collector.stopped": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:collector.stopped",
  "title": "collector.stopped",
  "description": "A collector stopped in good order.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "collector.stopped"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {
     "instance_id": {
      "type": "string",
      "maxLength": 256,
      "description": "instance"
     },
     "boot_id": {
      "type": "string",
      "maxLength": 256,
      "description": "this start"
     },
     "accepted": {
      "type": "string",
      "maxLength": 256,
      "description": "events acknowledged since its start"
     },
     "rejected": {
      "type": "string",
      "maxLength": 256,
      "description": "items refused since its start"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   }
  ]
 },
 "stream.opened": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:stream.opened",
  "title": "stream.opened",
  "description": "A numbered stream began.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "stream.opened"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {},
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "gap"
    ],
    "properties": {
     "gap": {
      "required": [
       "stream_id"
      ],
      "properties": {
       "stream_id": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "stream.closed": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:stream.closed",
  "title": "stream.closed",
  "description": "A numbered stream ended; its last number is known.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "stream.closed"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {},
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "gap"
    ],
    "properties": {
     "gap": {
      "required": [
       "stream_id"
      ],
      "properties": {
       "stream_id": {
        "minLength": 1
       }
      }
     }
    }
   },
   {
    "required": [
     "gap"
    ],
    "properties": {
     "gap": {
      "required": [
       "to_seq"
      ]
     }
    }
   }
  ]
 },
 "collector.gap.detected": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:collector.gap.detected",
  "title": "collector.gap.detected",
  "description": "Numbers are missing from a stream.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "collector.gap.detected"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {
     "cause": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     },
     "missing": {
      "type": "string",
      "maxLength": 256,
      "description": "how many, if known"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "gap"
    ],
    "properties": {
     "gap": {
      "required": [
       "kind"
      ]
     }
    }
   }
  ]
 },
 "collector.gap.closed": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:collector.gap.closed",
  "title": "collector.gap.closed",
  "description": "Missing numbers arrived.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "collector.gap.closed"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {},
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "gap"
    ],
    "properties": {
     "gap": {
      "required": [
       "stream_id"
      ],
      "properties": {
       "stream_id": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "event.rejected": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:event.rejected",
  "title": "event.rejected",
  "description": "An item was refused at the door; its content is not kept.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "event.rejected"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {
     "code": {
      "type": "string",
      "maxLength": 256,
      "description": "error code"
     },
     "path": {
      "type": "string",
      "maxLength": 256,
      "description": "where in the item"
     },
     "claimed_type": {
      "type": "string",
      "maxLength": 256,
      "description": "type it claimed, when that is in the catalogue"
     },
     "count": {
      "type": "string",
      "maxLength": 256,
      "description": "how many alike, when they were folded"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   }
  ]
 },
 "interaction.prompt.submitted": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:interaction.prompt.submitted",
  "title": "interaction.prompt.submitted",
  "description": "A person or system entered a prompt.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "interaction.prompt.submitted"
   },
   "phase": {
    "const": "intent"
   },
   "details": {
    "type": "object",
    "properties": {
     "input_kind": {
      "type": "string",
      "maxLength": 256,
      "description": "text, voice, file; a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "anyOf": [
     {
      "required": [
       "session_id"
      ]
     },
     {
      "required": [
       "run_id"
      ]
     }
    ]
   }
  ]
 },
 "interaction.response.delivered": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:interaction.response.delivered",
  "title": "interaction.response.delivered",
  "description": "An answer reached the person or system.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "interaction.response.delivered"
   },
   "phase": {
    "const": "effect"
   },
   "details": {
    "type": "object",
    "properties": {
     "render": {
      "type": "string",
      "maxLength": 256,
      "description": "how it was shown, a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "anyOf": [
     {
      "required": [
       "session_id"
      ]
     },
     {
      "required": [
       "run_id"
      ]
     }
    ]
   }
  ]
 },
 "interaction.comparison.started": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:interaction.comparison.started",
  "title": "interaction.comparison.started",
  "description": "Several models' answers were put side by side.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "interaction.comparison.started"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {
     "blind": {
      "type": "string",
      "maxLength": 256,
      "description": "true when providers were hidden"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "comparison"
    ],
    "properties": {
     "comparison": {
      "required": [
       "comparison_id"
      ],
      "properties": {
       "comparison_id": {
        "minLength": 1
       }
      }
     }
    }
   },
   {
    "required": [
     "comparison"
    ],
    "properties": {
     "comparison": {
      "required": [
       "candidates"
      ],
      "properties": {
       "candidates": {
        "minItems": 1
       }
      }
     }
    }
   }
  ]
 },
 "interaction.response.selected": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:interaction.response.selected",
  "title": "interaction.response.selected",
  "description": "One of the compared answers was chosen.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "interaction.response.selected"
   },
   "phase": {
    "const": "decision"
   },
   "details": {
    "type": "object",
    "properties": {},
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "comparison"
    ],
    "properties": {
     "comparison": {
      "required": [
       "comparison_id"
      ],
      "properties": {
       "comparison_id": {
        "minLength": 1
       }
      }
     }
    }
   },
   {
    "required": [
     "comparison"
    ],
    "properties": {
     "comparison": {
      "required": [
       "chosen_call_id"
      ],
      "properties": {
       "chosen_call_id": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "interaction.feedback.given": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:interaction.feedback.given",
  "title": "interaction.feedback.given",
  "description": "Somebody rated an answer.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "interaction.feedback.given"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {
     "rating": {
      "type": "string",
      "maxLength": 256,
      "description": "a code or number"
     },
     "scale": {
      "type": "string",
      "maxLength": 256,
      "description": "name of the scale"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "anyOf": [
     {
      "required": [
       "call_id"
      ]
     },
     {
      "required": [
       "run_id"
      ]
     },
     {
      "required": [
       "session_id"
      ]
     }
    ]
   }
  ]
 },
 "retrieval.performed": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:retrieval.performed",
  "title": "retrieval.performed",
  "description": "Documents were looked up for a model.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "retrieval.performed"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {
     "strategy": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     },
     "top_k": {
      "type": "string",
      "maxLength": 256,
      "description": "a number"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "tool": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "retrieval"
    ],
    "properties": {
     "retrieval": {
      "required": [
       "source_id"
      ],
      "properties": {
       "source_id": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "memory.read": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:memory.read",
  "title": "memory.read",
  "description": "An agent read its memory.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "memory.read"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {
     "memory_kind": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "retrieval"
    ],
    "properties": {
     "retrieval": {
      "required": [
       "source_id"
      ],
      "properties": {
       "source_id": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "memory.written": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:memory.written",
  "title": "memory.written",
  "description": "An agent wrote to its memory.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "memory.written"
   },
   "phase": {
    "const": "effect"
   },
   "details": {
    "type": "object",
    "properties": {
     "memory_kind": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     },
     "memory_id": {
      "type": "string",
      "maxLength": 256,
      "description": "entry"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "retrieval"
    ],
    "properties": {
     "retrieval": {
      "required": [
       "source_id"
      ],
      "properties": {
       "source_id": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "memory.deleted": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:memory.deleted",
  "title": "memory.deleted",
  "description": "An entry of an agent's memory was deleted.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "memory.deleted"
   },
   "phase": {
    "const": "effect"
   },
   "details": {
    "type": "object",
    "properties": {
     "memory_kind": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     },
     "memory_id": {
      "type": "string",
      "maxLength": 256,
      "description": "entry"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "retrieval"
    ],
    "properties": {
     "retrieval": {
      "required": [
       "source_id"
      ],
      "properties": {
       "source_id": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "link.asserted": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:link.asserted",
  "title": "link.asserted",
  "description": "Two things were found to belong together.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "link.asserted"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {},
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "link"
    ],
    "properties": {
     "link": {
      "required": [
       "link_id"
      ],
      "properties": {
       "link_id": {
        "minLength": 1
       }
      }
     }
    }
   },
   {
    "required": [
     "link"
    ],
    "properties": {
     "link": {
      "required": [
       "kind"
      ]
     }
    }
   },
   {
    "required": [
     "link"
    ],
    "properties": {
     "link": {
      "required": [
       "from_id"
      ],
      "properties": {
       "from_id": {
        "minLength": 1
       }
      }
     }
    }
   },
   {
    "required": [
     "link"
    ],
    "properties": {
     "link": {
      "required": [
       "to_id"
      ],
      "properties": {
       "to_id": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "link.retracted": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:link.retracted",
  "title": "link.retracted",
  "description": "A link was taken back.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "link.retracted"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {
     "reason": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "link"
    ],
    "properties": {
     "link": {
      "required": [
       "link_id"
      ],
      "properties": {
       "link_id": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "model.call.requested": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:model.call.requested",
  "title": "model.call.requested",
  "description": "A model was called.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "model.call.requested"
   },
   "phase": {
    "const": "intent"
   },
   "details": {
    "type": "object",
    "properties": {
     "temperature": {
      "type": "string",
      "maxLength": 256,
      "description": "a number"
     },
     "api": {
      "type": "string",
      "maxLength": 256,
      "description": "interface used, a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "call_id"
    ]
   }
  ]
 },
 "model.call.completed": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:model.call.completed",
  "title": "model.call.completed",
  "description": "A model answered.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "model.call.completed"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {
     "temperature": {
      "type": "string",
      "maxLength": 256,
      "description": "a number"
     },
     "api": {
      "type": "string",
      "maxLength": 256,
      "description": "interface used, a code"
     },
     "tool_calls": {
      "type": "string",
      "maxLength": 256,
      "description": "how many tool calls the answer asked for"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "call_id"
    ]
   }
  ]
 },
 "model.call.failed": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:model.call.failed",
  "title": "model.call.failed",
  "description": "A model call ended in an error.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "model.call.failed"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {
     "error_type": {
      "type": "string",
      "maxLength": 256,
      "description": "class of the error"
     },
     "http_status": {
      "type": "string",
      "maxLength": 256,
      "description": "a number"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "call_id"
    ]
   }
  ]
 },
 "approval.requested": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:approval.requested",
  "title": "approval.requested",
  "description": "A human was asked to approve an action.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "approval.requested"
   },
   "phase": {
    "const": "decision"
   },
   "details": {
    "type": "object",
    "properties": {
     "shown_fields": {
      "type": "string",
      "maxLength": 256,
      "description": "codes of what was shown, comma separated"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "approval_id"
    ]
   }
  ]
 },
 "approval.decided": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:approval.decided",
  "title": "approval.decided",
  "description": "A human approved or rejected an action.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "approval.decided"
   },
   "phase": {
    "const": "decision"
   },
   "details": {
    "type": "object",
    "properties": {
     "shown_fields": {
      "type": "string",
      "maxLength": 256,
      "description": "codes of what was shown, comma separated"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "approval_id"
    ]
   },
   {
    "required": [
     "approval"
    ],
    "properties": {
     "approval": {
      "required": [
       "approver"
      ],
      "properties": {
       "approver": {
        "minLength": 1
       }
      }
     }
    }
   },
   {
    "required": [
     "approval"
    ],
    "properties": {
     "approval": {
      "required": [
       "decision"
      ]
     }
    }
   }
  ]
 },
 "approval.expired": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:approval.expired",
  "title": "approval.expired",
  "description": "Nobody decided in time.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "approval.expired"
   },
   "phase": {
    "const": "decision"
   },
   "details": {
    "type": "object",
    "properties": {},
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "approval_id"
    ]
   }
  ]
 },
 "oversight.override.applied": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:oversight.override.applied",
  "title": "oversight.override.applied",
  "description": "A human overrode a decision of an AI.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "oversight.override.applied"
   },
   "phase": {
    "const": "decision"
   },
   "details": {
    "type": "object",
    "properties": {
     "override_kind": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     },
     "reason": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "anyOf": [
     {
      "required": [
       "decision_id"
      ]
     },
     {
      "required": [
       "call_id"
      ]
     },
     {
      "required": [
       "effect_id"
      ]
     }
    ]
   }
  ]
 },
 "agent.suspended": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:agent.suspended",
  "title": "agent.suspended",
  "description": "An agent was stopped from acting.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "agent.suspended"
   },
   "phase": {
    "const": "decision"
   },
   "details": {
    "type": "object",
    "properties": {
     "reason": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "agent"
    ],
    "properties": {
     "agent": {
      "required": [
       "id"
      ],
      "properties": {
       "id": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "agent.resumed": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:agent.resumed",
  "title": "agent.resumed",
  "description": "A suspended agent may act again.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "agent.resumed"
   },
   "phase": {
    "const": "decision"
   },
   "details": {
    "type": "object",
    "properties": {
     "reason": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "agent"
    ],
    "properties": {
     "agent": {
      "required": [
       "id"
      ],
      "properties": {
       "id": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "review.completed": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:review.completed",
  "title": "review.completed",
  "description": "A human reviewed what an AI did.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "review.completed"
   },
   "phase": {
    "const": "decision"
   },
   "details": {
    "type": "object",
    "properties": {
     "verdict": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     },
     "review_kind": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "anyOf": [
     {
      "required": [
       "run_id"
      ]
     },
     {
      "required": [
       "case_refs"
      ],
      "properties": {
       "case_refs": {
        "minItems": 1
       }
      }
     },
     {
      "required": [
       "call_id"
      ]
     },
     {
      "required": [
       "approval_id"
      ]
     }
    ]
   }
  ]
 },
 "policy.evaluated": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:policy.evaluated",
  "title": "policy.evaluated",
  "description": "A policy decided about an action.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "policy.evaluated"
   },
   "phase": {
    "const": "decision"
   },
   "details": {
    "type": "object",
    "properties": {
     "target": {
      "type": "string",
      "maxLength": 256,
      "description": "what it was about, a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "usage": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "policy"
    ],
    "properties": {
     "policy": {
      "required": [
       "policy_id"
      ],
      "properties": {
       "policy_id": {
        "minLength": 1
       }
      }
     }
    }
   },
   {
    "required": [
     "policy"
    ],
    "properties": {
     "policy": {
      "required": [
       "decision"
      ]
     }
    }
   }
  ]
 },
 "content.inspected": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:content.inspected",
  "title": "content.inspected",
  "description": "A detector looked at content.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "content.inspected"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {},
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "inspection"
    ],
    "properties": {
     "inspection": {
      "required": [
       "detector_id"
      ],
      "properties": {
       "detector_id": {
        "minLength": 1
       }
      }
     }
    }
   },
   {
    "required": [
     "inspection"
    ],
    "properties": {
     "inspection": {
      "required": [
       "verdict"
      ]
     }
    }
   }
  ]
 },
 "content.transformed": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:content.transformed",
  "title": "content.transformed",
  "description": "Content was masked, tokenised, removed or generalised.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "content.transformed"
   },
   "phase": {
    "const": "effect"
   },
   "details": {
    "type": "object",
    "properties": {
     "target_event_id": {
      "type": "string",
      "maxLength": 256,
      "description": "event whose content it was"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "transformation"
    ],
    "properties": {
     "transformation": {
      "required": [
       "method"
      ]
     }
    }
   }
  ]
 },
 "content.blocked": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:content.blocked",
  "title": "content.blocked",
  "description": "Content was stopped.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "content.blocked"
   },
   "phase": {
    "const": "effect"
   },
   "details": {
    "type": "object",
    "properties": {},
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "inspection"
    ],
    "properties": {
     "inspection": {
      "required": [
       "detector_id"
      ],
      "properties": {
       "detector_id": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "policy.exception.raised": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:policy.exception.raised",
  "title": "policy.exception.raised",
  "description": "An exception to a policy was asked for or used.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "policy.exception.raised"
   },
   "phase": {
    "const": "decision"
   },
   "details": {
    "type": "object",
    "properties": {
     "exception_id": {
      "type": "string",
      "maxLength": 256,
      "description": "the exception"
     },
     "reason": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     },
     "expires_at": {
      "type": "string",
      "maxLength": 256,
      "description": "RFC 3339 time"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "inspection": false,
   "transformation": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "policy"
    ],
    "properties": {
     "policy": {
      "required": [
       "policy_id"
      ],
      "properties": {
       "policy_id": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "policy.exception.closed": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:policy.exception.closed",
  "title": "policy.exception.closed",
  "description": "An exception ended.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "policy.exception.closed"
   },
   "phase": {
    "const": "decision"
   },
   "details": {
    "type": "object",
    "properties": {
     "exception_id": {
      "type": "string",
      "maxLength": 256,
      "description": "the exception"
     },
     "reason": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "policy"
    ],
    "properties": {
     "policy": {
      "required": [
       "policy_id"
      ],
      "properties": {
       "policy_id": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "escalation.raised": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:escalation.raised",
  "title": "escalation.raised",
  "description": "An agent or system handed over to a human.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "escalation.raised"
   },
   "phase": {
    "const": "effect"
   },
   "details": {
    "type": "object",
    "properties": {
     "escalation_id": {
      "type": "string",
      "maxLength": 256,
      "description": "the escalation"
     },
     "queue": {
      "type": "string",
      "maxLength": 256,
      "description": "where it went, a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "anyOf": [
     {
      "required": [
       "run_id"
      ]
     },
     {
      "required": [
       "case_refs"
      ],
      "properties": {
       "case_refs": {
        "minItems": 1
       }
      }
     },
     {
      "required": [
       "call_id"
      ]
     }
    ]
   }
  ]
 },
 "run.started": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:run.started",
  "title": "run.started",
  "description": "An agent began a task.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "run.started"
   },
   "phase": {
    "const": "intent"
   },
   "details": {
    "type": "object",
    "properties": {
     "input_kind": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "run_id"
    ]
   }
  ]
 },
 "run.completed": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:run.completed",
  "title": "run.completed",
  "description": "An agent finished a task.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "run.completed"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {
     "reward": {
      "type": "string",
      "maxLength": 256,
      "description": "score of an evaluation, a number"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "run_id"
    ]
   }
  ]
 },
 "run.failed": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:run.failed",
  "title": "run.failed",
  "description": "An agent's task ended in an error.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "run.failed"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {
     "reward": {
      "type": "string",
      "maxLength": 256,
      "description": "score of an evaluation, a number"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "run_id"
    ]
   },
   {
    "required": [
     "run"
    ],
    "properties": {
     "run": {
      "required": [
       "error_type"
      ],
      "properties": {
       "error_type": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "run.stopped": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:run.stopped",
  "title": "run.stopped",
  "description": "Somebody or something stopped a task.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "run.stopped"
   },
   "phase": {
    "const": "observation"
   },
   "details": {
    "type": "object",
    "properties": {
     "stopped_by": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "run_id"
    ]
   }
  ]
 },
 "step.planned": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:step.planned",
  "title": "step.planned",
  "description": "An agent laid down what it would do next.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "step.planned"
   },
   "phase": {
    "const": "intent"
   },
   "details": {
    "type": "object",
    "properties": {
     "plan_version": {
      "type": "string",
      "maxLength": 256,
      "description": "version of the plan"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "run_id"
    ]
   },
   {
    "required": [
     "step_id"
    ]
   }
  ]
 },
 "decision.recorded": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:decision.recorded",
  "title": "decision.recorded",
  "description": "An agent or workflow took a decision of its own.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "decision.recorded"
   },
   "phase": {
    "const": "decision"
   },
   "details": {
    "type": "object",
    "properties": {
     "decision_kind": {
      "type": "string",
      "maxLength": 256,
      "description": "a code"
     },
     "branch": {
      "type": "string",
      "maxLength": 256,
      "description": "branch taken, a code"
     },
     "alternatives": {
      "type": "string",
      "maxLength": 256,
      "description": "codes, comma separated"
     },
     "rule_id": {
      "type": "string",
      "maxLength": 256,
      "description": "rule behind it"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "decision_id"
    ]
   }
  ]
 },
 "agent.delegated": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:agent.delegated",
  "title": "agent.delegated",
  "description": "An agent handed a task to another.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "agent.delegated"
   },
   "phase": {
    "const": "intent"
   },
   "details": {
    "type": "object",
    "properties": {
     "child_run_id": {
      "type": "string",
      "maxLength": 256,
      "description": "run of the other agent"
     },
     "child_agent_id": {
      "type": "string",
      "maxLength": 256,
      "description": "the other agent"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "tool": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "run_id"
    ]
   }
  ]
 },
 "tool.call.requested": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:tool.call.requested",
  "title": "tool.call.requested",
  "description": "A model or agent asked for a tool.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "tool.call.requested"
   },
   "phase": {
    "const": "intent"
   },
   "details": {
    "type": "object",
    "properties": {
     "arguments_state": {
      "type": "string",
      "maxLength": 256,
      "description": "parsed or unparsable"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "usage": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "call_id"
    ]
   },
   {
    "required": [
     "tool"
    ],
    "properties": {
     "tool": {
      "required": [
       "name"
      ],
      "properties": {
       "name": {
        "minLength": 1
       }
      }
     }
    }
   }
  ]
 },
 "tool.call.completed": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:tool.call.completed",
  "title": "tool.call.completed",
  "description": "A tool answered.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "tool.call.completed"
   },
   "phase": {
    "const": "effect"
   },
   "details": {
    "type": "object",
    "properties": {
     "arguments_state": {
      "type": "string",
      "maxLength": 256,
      "description": "parsed or unparsable"
     },
     "result_state": {
      "type": "string",
      "maxLength": 256,
      "description": "present or missing"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "call_id"
    ]
   },
   {
    "required": [
     "tool"
    ],
    "properties": {
     "tool": {
      "required": [
       "name"
      ],
      "properties": {
       "name": {
        "minLength": 1
       }
      }
     }
    }
   },
   {
    "required": [
     "outcome"
    ],
    "properties": {
     "outcome": {
      "required": [
       "status"
      ]
     }
    }
   }
  ]
 },
 "tool.call.failed": {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:affidavit:v1:tool.call.failed",
  "title": "tool.call.failed",
  "description": "A tool call ended in an error.",
  "type": "object",
  "properties": {
   "event_type": {
    "const": "tool.call.failed"
   },
   "phase": {
    "const": "effect"
   },
   "details": {
    "type": "object",
    "properties": {
     "error_type": {
      "type": "string",
      "maxLength": 256,
      "description": "class of the error"
     },
     "arguments_state": {
      "type": "string",
      "maxLength": 256,
      "description": "parsed or unparsable"
     }
    },
    "patternProperties": {
     "^x_[a-z0-9_]{1,62}$": {
      "type": "string",
      "maxLength": 256
     }
    },
    "additionalProperties": false,
    "maxProperties": 64
   },
   "model": false,
   "retrieval": false,
   "comparison": false,
   "artifact": false,
   "access": false,
   "policy": false,
   "inspection": false,
   "transformation": false,
   "approval": false,
   "effect": false,
   "message": false,
   "run": false,
   "change": false,
   "link": false,
   "gap": false,
   "query": false
  },
  "allOf": [
   {
    "$ref": "urn:affidavit:v1:definitions#/definitions/Envelope"
   },
   {
    "required": [
     "call_id"
    ]
   },
   {
    "required": [
     "tool"
    ],
    "properties": {
     "tool": {
      "required": [
       "name"
      ],
      "properties": {
       "name": {
        "minLength": 1
       }
      }
     }
    }
   },
   {
    "required": [
     "outcome"
    ],
    "properties": {
     "outcome": {
      "required": [
       "status"
      ]
     }
    }
   }
  ]
 }
};
