// Generated from schemas/ by `npm run generate`. Do not edit: change the model and generate again.

export const auditEventSchema = {
 "type": "record",
 "name": "AuditEvent",
 "namespace": "affidavit.v1",
 "fields": [
  {
   "name": "event_id",
   "doc": "UUIDv7, or deterministic from the origin; the idempotency key",
   "type": "string",
   "default": ""
  },
  {
   "name": "event_type",
   "doc": "domain.noun.verb_past, from the catalogue",
   "type": "string",
   "default": ""
  },
  {
   "name": "tenant_id",
   "doc": "tenant, from the credential",
   "type": "string",
   "default": ""
  },
  {
   "name": "environment",
   "doc": "environment",
   "type": {
    "type": "enum",
    "name": "Environment",
    "symbols": [
     "unknown",
     "production",
     "staging",
     "test",
     "evaluation"
    ],
    "default": "unknown"
   },
   "default": "unknown"
  },
  {
   "name": "region",
   "doc": "region in which it happened",
   "type": "string",
   "default": ""
  },
  {
   "name": "occurred_at",
   "doc": "when it happened, as the producer says",
   "type": {
    "type": "long",
    "logicalType": "timestamp-micros"
   }
  },
  {
   "name": "observed_at",
   "doc": "when the collector received it",
   "type": {
    "type": "long",
    "logicalType": "timestamp-micros"
   }
  },
  {
   "name": "time_basis",
   "doc": "whose clock occurred_at is",
   "type": {
    "type": "enum",
    "name": "TimeBasis",
    "symbols": [
     "unknown",
     "source",
     "collector",
     "assigned"
    ],
    "default": "unknown"
   },
   "default": "unknown"
  },
  {
   "name": "time_precision_us",
   "doc": "1 for microseconds, 1000000 for seconds",
   "type": "long"
  },
  {
   "name": "evidence_grade",
   "doc": "who vouches for it, at most what the credential allows",
   "type": {
    "type": "enum",
    "name": "EvidenceGrade",
    "symbols": [
     "unknown",
     "self_reported",
     "third_party",
     "gateway_observed",
     "system_of_record"
    ],
    "default": "unknown"
   },
   "default": "unknown"
  },
  {
   "name": "stream_id",
   "doc": "numbered stream that it belongs to",
   "type": "string",
   "default": ""
  },
  {
   "name": "seq",
   "doc": "gapless number in the stream, from 1",
   "type": "long"
  },
  {
   "name": "seq_origin",
   "doc": "whose numbering it is",
   "type": {
    "type": "enum",
    "name": "SeqOrigin",
    "symbols": [
     "unknown",
     "producer",
     "collector"
    ],
    "default": "unknown"
   },
   "default": "unknown"
  },
  {
   "name": "source",
   "doc": "where the fact comes from",
   "type": {
    "type": "record",
    "name": "Source",
    "fields": [
     {
      "name": "system",
      "doc": "system that the fact comes from",
      "type": "string",
      "default": ""
     },
     {
      "name": "instance",
      "doc": "installation or organisation of that system",
      "type": "string",
      "default": ""
     },
     {
      "name": "connector_id",
      "doc": "connector, from its credential",
      "type": "string",
      "default": ""
     },
     {
      "name": "origin_format",
      "doc": "door by which it came",
      "type": {
       "type": "enum",
       "name": "OriginFormat",
       "symbols": [
        "unknown",
        "native",
        "cloudevents",
        "otlp",
        "gateway",
        "feed",
        "inbox",
        "import"
       ],
       "default": "unknown"
      },
      "default": "unknown"
     },
     {
      "name": "origin_event_id",
      "doc": "id in the source",
      "type": "string",
      "default": ""
     },
     {
      "name": "mapping_id",
      "doc": "mapping file that composed the event",
      "type": "string",
      "default": ""
     },
     {
      "name": "mapping_version",
      "doc": "its version",
      "type": "string",
      "default": ""
     },
     {
      "name": "mapping_hash",
      "doc": "SHA-256 of the mapping file and its tables",
      "type": "string",
      "default": ""
     }
    ]
   },
   "default": {
    "system": "",
    "instance": "",
    "connector_id": "",
    "origin_format": "unknown",
    "origin_event_id": "",
    "mapping_id": "",
    "mapping_version": "",
    "mapping_hash": ""
   }
  },
  {
   "name": "actor",
   "doc": "who did it",
   "type": {
    "type": "record",
    "name": "Actor",
    "fields": [
     {
      "name": "type",
      "doc": "kind of actor",
      "type": {
       "type": "enum",
       "name": "ActorType",
       "symbols": [
        "unknown",
        "human",
        "agent",
        "service",
        "system"
       ],
       "default": "unknown"
      },
      "default": "unknown"
     },
     {
      "name": "id",
      "doc": "human ids are pseudonyms in the log",
      "type": "string",
      "default": ""
     },
     {
      "name": "issuer",
      "doc": "who issued the id; the source system when left out",
      "type": "string",
      "default": ""
     },
     {
      "name": "assurance",
      "doc": "how sure the identity is",
      "type": {
       "type": "enum",
       "name": "Assurance",
       "symbols": [
        "unknown",
        "verified",
        "asserted"
       ],
       "default": "unknown"
      },
      "default": "unknown"
     },
     {
      "name": "relation",
      "doc": "to the organisation",
      "type": {
       "type": "enum",
       "name": "Relation",
       "symbols": [
        "unknown",
        "workforce",
        "customer",
        "partner",
        "public"
       ],
       "default": "unknown"
      },
      "default": "unknown"
     }
    ]
   },
   "default": {
    "type": "unknown",
    "id": "",
    "issuer": "",
    "assurance": "unknown",
    "relation": "unknown"
   }
  },
  {
   "name": "on_behalf_of",
   "doc": "delegation chain, outermost human first",
   "type": {
    "type": "array",
    "items": {
     "type": "record",
     "name": "Principal",
     "fields": [
      {
       "name": "type",
       "doc": "kind of principal",
       "type": "ActorType",
       "default": "unknown"
      },
      {
       "name": "id",
       "doc": "human ids are pseudonyms in the log",
       "type": "string",
       "default": ""
      },
      {
       "name": "issuer",
       "doc": "who issued the id; the source system when left out",
       "type": "string",
       "default": ""
      },
      {
       "name": "relation",
       "doc": "to the organisation",
       "type": "Relation",
       "default": "unknown"
      },
      {
       "name": "grant_id",
       "doc": "the delegation under which it acts",
       "type": "string",
       "default": ""
      }
     ]
    }
   },
   "default": []
  },
  {
   "name": "agent",
   "doc": "agent that took part",
   "type": {
    "type": "record",
    "name": "Agent",
    "fields": [
     {
      "name": "id",
      "doc": "agent",
      "type": "string",
      "default": ""
     },
     {
      "name": "instance_id",
      "doc": "running instance",
      "type": "string",
      "default": ""
     },
     {
      "name": "name",
      "doc": "name of the agent, not of a person",
      "type": "string",
      "default": ""
     },
     {
      "name": "version",
      "doc": "version",
      "type": "string",
      "default": ""
     },
     {
      "name": "config_id",
      "doc": "configuration in force",
      "type": "string",
      "default": ""
     },
     {
      "name": "framework",
      "doc": "agent framework",
      "type": "string",
      "default": ""
     }
    ]
   },
   "default": {
    "id": "",
    "instance_id": "",
    "name": "",
    "version": "",
    "config_id": "",
    "framework": ""
   }
  },
  {
   "name": "ai_system_id",
   "doc": "registered AI system",
   "type": "string",
   "default": ""
  },
  {
   "name": "org_unit",
   "doc": "organisational unit",
   "type": "string",
   "default": ""
  },
  {
   "name": "workspace_id",
   "doc": "workspace",
   "type": "string",
   "default": ""
  },
  {
   "name": "use_case",
   "doc": "registered use case",
   "type": "string",
   "default": ""
  },
  {
   "name": "purpose",
   "doc": "purpose",
   "type": "string",
   "default": ""
  },
  {
   "name": "legal_basis",
   "doc": "legal basis",
   "type": "string",
   "default": ""
  },
  {
   "name": "channel",
   "doc": "how the person reached the AI",
   "type": {
    "type": "enum",
    "name": "Channel",
    "symbols": [
     "unknown",
     "web",
     "mobile",
     "api",
     "ide",
     "batch"
    ],
    "default": "unknown"
   },
   "default": "unknown"
  },
  {
   "name": "client_app",
   "doc": "client application",
   "type": "string",
   "default": ""
  },
  {
   "name": "session_id",
   "doc": "conversation",
   "type": "string",
   "default": ""
  },
  {
   "name": "turn_id",
   "doc": "one exchange in it",
   "type": "string",
   "default": ""
  },
  {
   "name": "task_id",
   "doc": "what is being attempted; groups comparable runs",
   "type": "string",
   "default": ""
  },
  {
   "name": "run_id",
   "doc": "one agent task",
   "type": "string",
   "default": ""
  },
  {
   "name": "parent_run_id",
   "doc": "run that started this one",
   "type": "string",
   "default": ""
  },
  {
   "name": "root_run_id",
   "doc": "outermost run",
   "type": "string",
   "default": ""
  },
  {
   "name": "step_id",
   "doc": "step in the run",
   "type": "string",
   "default": ""
  },
  {
   "name": "parent_step_id",
   "doc": "step above it",
   "type": "string",
   "default": ""
  },
  {
   "name": "attempt",
   "doc": "attempt, from 1",
   "type": [
    "null",
    "long"
   ],
   "default": null
  },
  {
   "name": "trace_id",
   "doc": "W3C trace",
   "type": "string",
   "default": ""
  },
  {
   "name": "span_id",
   "doc": "W3C span",
   "type": "string",
   "default": ""
  },
  {
   "name": "causation_id",
   "doc": "event that caused this one",
   "type": "string",
   "default": ""
  },
  {
   "name": "correlation_id",
   "doc": "correlation in the source",
   "type": "string",
   "default": ""
  },
  {
   "name": "call_id",
   "doc": "one model or tool call",
   "type": "string",
   "default": ""
  },
  {
   "name": "effect_id",
   "doc": "what a call caused",
   "type": "string",
   "default": ""
  },
  {
   "name": "decision_id",
   "doc": "decision that allowed it",
   "type": "string",
   "default": ""
  },
  {
   "name": "approval_id",
   "doc": "approval behind it",
   "type": "string",
   "default": ""
  },
  {
   "name": "action_mac",
   "doc": "keyed hash of principal, tool, target and arguments",
   "type": "string",
   "default": ""
  },
  {
   "name": "case_refs",
   "doc": "matters, tickets, incidents",
   "type": {
    "type": "array",
    "items": {
     "type": "record",
     "name": "CaseRef",
     "fields": [
      {
       "name": "system",
       "doc": "system that keeps the case",
       "type": "string",
       "default": ""
      },
      {
       "name": "type",
       "doc": "matter, ticket, incident, order dispute",
       "type": "string",
       "default": ""
      },
      {
       "name": "id",
       "doc": "the case's id there, as written",
       "type": "string",
       "default": ""
      },
      {
       "name": "role",
       "doc": "the case's part in this event",
       "type": "string",
       "default": ""
      }
     ]
    }
   },
   "default": []
  },
  {
   "name": "object_refs",
   "doc": "business objects",
   "type": {
    "type": "array",
    "items": {
     "type": "record",
     "name": "ObjectRef",
     "fields": [
      {
       "name": "system",
       "doc": "system of the business object",
       "type": "string",
       "default": ""
      },
      {
       "name": "instance",
       "doc": "installation or organisation of that system",
       "type": "string",
       "default": ""
      },
      {
       "name": "type",
       "doc": "invoice, order, contract",
       "type": "string",
       "default": ""
      },
      {
       "name": "id",
       "doc": "as written; a pseudonym when the object is a person",
       "type": "string",
       "default": ""
      },
      {
       "name": "role",
       "doc": "what happened to it",
       "type": {
        "type": "enum",
        "name": "ObjectRole",
        "symbols": [
         "unknown",
         "subject",
         "read",
         "created",
         "updated",
         "deleted",
         "sent",
         "mentioned"
        ],
        "default": "unknown"
       },
       "default": "unknown"
      },
      {
       "name": "version_before",
       "doc": "version or ETag before",
       "type": "string",
       "default": ""
      },
      {
       "name": "version_after",
       "doc": "version or ETag after",
       "type": "string",
       "default": ""
      }
     ]
    }
   },
   "default": []
  },
  {
   "name": "subject_refs",
   "doc": "people whom the data is about",
   "type": {
    "type": "array",
    "items": {
     "type": "record",
     "name": "SubjectRef",
     "fields": [
      {
       "name": "id",
       "doc": "person whom the data is about, a pseudonym in the log",
       "type": "string",
       "default": ""
      },
      {
       "name": "issuer",
       "doc": "who issued the id; the source system when left out",
       "type": "string",
       "default": ""
      },
      {
       "name": "role",
       "doc": "data_subject, authenticated, mentioned",
       "type": "string",
       "default": ""
      }
     ]
    }
   },
   "default": []
  },
  {
   "name": "policy_context",
   "doc": "policy in force at that time",
   "type": {
    "type": "record",
    "name": "PolicyContext",
    "fields": [
     {
      "name": "policy_set",
      "doc": "policy set in force",
      "type": "string",
      "default": ""
     },
     {
      "name": "version",
      "doc": "its version",
      "type": "string",
      "default": ""
     },
     {
      "name": "hash",
      "doc": "its hash",
      "type": "string",
      "default": ""
     }
    ]
   },
   "default": {
    "policy_set": "",
    "version": "",
    "hash": ""
   }
  },
  {
   "name": "phase",
   "doc": "intent, decision, effect or observation; given by the type",
   "type": {
    "type": "enum",
    "name": "Phase",
    "symbols": [
     "unknown",
     "intent",
     "decision",
     "effect",
     "observation"
    ],
    "default": "unknown"
   },
   "default": "unknown"
  },
  {
   "name": "outcome",
   "doc": "how it ended",
   "type": {
    "type": "record",
    "name": "Outcome",
    "fields": [
     {
      "name": "status",
      "doc": "how it ended",
      "type": {
       "type": "enum",
       "name": "OutcomeStatus",
       "symbols": [
        "unknown",
        "success",
        "failure",
        "denied",
        "timeout",
        "escalated",
        "cancelled",
        "partial"
       ],
       "default": "unknown"
      },
      "default": "unknown"
     },
     {
      "name": "code",
      "doc": "machine-readable code",
      "type": "string",
      "default": ""
     },
     {
      "name": "reason",
      "doc": "a code, never prose: prose is content of role reason",
      "type": "string",
      "default": ""
     }
    ]
   },
   "default": {
    "status": "unknown",
    "code": "",
    "reason": ""
   }
  },
  {
   "name": "labels",
   "doc": "labels",
   "type": {
    "type": "array",
    "items": "string"
   },
   "default": []
  },
  {
   "name": "categories",
   "doc": "categories of data",
   "type": {
    "type": "array",
    "items": "string"
   },
   "default": []
  },
  {
   "name": "content",
   "doc": "references to bodies",
   "type": {
    "type": "array",
    "items": {
     "type": "record",
     "name": "ContentRef",
     "fields": [
      {
       "name": "role",
       "doc": "what the body is",
       "type": {
        "type": "enum",
        "name": "ContentRole",
        "symbols": [
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
        "default": "unknown"
       },
       "default": "unknown"
      },
      {
       "name": "capture",
       "doc": "level applied",
       "type": {
        "type": "enum",
        "name": "Capture",
        "symbols": [
         "unknown",
         "full",
         "masked",
         "metadata",
         "none"
        ],
        "default": "unknown"
       },
       "default": "unknown"
      },
      {
       "name": "content_id",
       "doc": "key of the body in audit.content.v1; empty when not captured",
       "type": "string",
       "default": ""
      },
      {
       "name": "size_bytes",
       "doc": "size of the body as received",
       "type": [
        "null",
        "long"
       ],
       "default": null
      },
      {
       "name": "media_type",
       "doc": "RFC 6838 media type",
       "type": "string",
       "default": ""
      },
      {
       "name": "transform",
       "doc": "what was done to it before it was stored",
       "type": "string",
       "default": ""
      },
      {
       "name": "truncated",
       "doc": "the source itself had cut it",
       "type": "boolean",
       "default": false
      }
     ]
    }
   },
   "default": []
  },
  {
   "name": "retention_class",
   "doc": "resolved at intake",
   "type": "string",
   "default": ""
  },
  {
   "name": "details",
   "doc": "documented codes per type",
   "type": {
    "type": "map",
    "values": "string"
   },
   "default": {}
  },
  {
   "name": "fact_hash",
   "doc": "SHA-256 of the fact, see README.md",
   "type": {
    "type": "fixed",
    "name": "Sha256",
    "size": 32
   }
  },
  {
   "name": "model",
   "doc": "section",
   "type": {
    "type": "record",
    "name": "Model",
    "fields": [
     {
      "name": "provider",
      "doc": "provider, as gen_ai.provider.name",
      "type": "string",
      "default": ""
     },
     {
      "name": "request_model",
      "doc": "model asked for",
      "type": "string",
      "default": ""
     },
     {
      "name": "response_model",
      "doc": "model that answered",
      "type": "string",
      "default": ""
     },
     {
      "name": "hosted",
      "doc": "at the vendor or by ourselves",
      "type": {
       "type": "enum",
       "name": "Hosted",
       "symbols": [
        "unknown",
        "vendor",
        "self"
       ],
       "default": "unknown"
      },
      "default": "unknown"
     },
     {
      "name": "region",
      "doc": "region of processing",
      "type": "string",
      "default": ""
     }
    ]
   },
   "default": {
    "provider": "",
    "request_model": "",
    "response_model": "",
    "hosted": "unknown",
    "region": ""
   }
  },
  {
   "name": "usage",
   "doc": "section",
   "type": {
    "type": "record",
    "name": "Usage",
    "fields": [
     {
      "name": "input_tokens",
      "doc": "tokens in",
      "type": [
       "null",
       "long"
      ],
      "default": null
     },
     {
      "name": "output_tokens",
      "doc": "tokens out",
      "type": [
       "null",
       "long"
      ],
      "default": null
     },
     {
      "name": "cached_tokens",
      "doc": "input tokens served from a cache",
      "type": [
       "null",
       "long"
      ],
      "default": null
     },
     {
      "name": "reasoning_tokens",
      "doc": "output tokens spent on reasoning",
      "type": [
       "null",
       "long"
      ],
      "default": null
     },
     {
      "name": "cost",
      "doc": "cost in `currency`, to twelve places",
      "type": [
       "null",
       {
        "type": "bytes",
        "logicalType": "decimal",
        "precision": 24,
        "scale": 12
       }
      ],
      "default": null
     },
     {
      "name": "currency",
      "doc": "ISO 4217",
      "type": "string",
      "default": ""
     },
     {
      "name": "duration_ms",
      "doc": "duration",
      "type": [
       "null",
       "long"
      ],
      "default": null
     },
     {
      "name": "first_chunk_ms",
      "doc": "time to the first chunk",
      "type": [
       "null",
       "long"
      ],
      "default": null
     },
     {
      "name": "finish_reason",
      "doc": "why generation ended",
      "type": "string",
      "default": ""
     }
    ]
   },
   "default": {
    "input_tokens": null,
    "output_tokens": null,
    "cached_tokens": null,
    "reasoning_tokens": null,
    "cost": null,
    "currency": "",
    "duration_ms": null,
    "first_chunk_ms": null,
    "finish_reason": ""
   }
  },
  {
   "name": "tool",
   "doc": "section",
   "type": {
    "type": "record",
    "name": "Tool",
    "fields": [
     {
      "name": "name",
      "doc": "tool",
      "type": "string",
      "default": ""
     },
     {
      "name": "tier",
      "doc": "what it can do",
      "type": {
       "type": "enum",
       "name": "ToolTier",
       "symbols": [
        "unknown",
        "read",
        "write",
        "destructive"
       ],
       "default": "unknown"
      },
      "default": "unknown"
     },
     {
      "name": "protocol",
      "doc": "how it is called",
      "type": {
       "type": "enum",
       "name": "ToolProtocol",
       "symbols": [
        "unknown",
        "function",
        "mcp",
        "http",
        "sql",
        "internal"
       ],
       "default": "unknown"
      },
      "default": "unknown"
     },
     {
      "name": "server",
      "doc": "server that offers it",
      "type": "string",
      "default": ""
     },
     {
      "name": "version",
      "doc": "its version",
      "type": "string",
      "default": ""
     },
     {
      "name": "args_mac",
      "doc": "keyed hash of the canonical arguments",
      "type": "string",
      "default": ""
     },
     {
      "name": "result_mac",
      "doc": "keyed hash of the canonical result",
      "type": "string",
      "default": ""
     },
     {
      "name": "executed_as",
      "doc": "technical user in the target system",
      "type": "string",
      "default": ""
     },
     {
      "name": "idempotency_key",
      "doc": "key sent to the target system",
      "type": "string",
      "default": ""
     }
    ]
   },
   "default": {
    "name": "",
    "tier": "unknown",
    "protocol": "unknown",
    "server": "",
    "version": "",
    "args_mac": "",
    "result_mac": "",
    "executed_as": "",
    "idempotency_key": ""
   }
  },
  {
   "name": "retrieval",
   "doc": "section",
   "type": {
    "type": "record",
    "name": "Retrieval",
    "fields": [
     {
      "name": "source_id",
      "doc": "index or source",
      "type": "string",
      "default": ""
     },
     {
      "name": "index_version",
      "doc": "its version",
      "type": "string",
      "default": ""
     },
     {
      "name": "results",
      "doc": "what came back, in order",
      "type": {
       "type": "array",
       "items": {
        "type": "record",
        "name": "RetrievalResult",
        "fields": [
         {
          "name": "doc_id",
          "doc": "document or chunk",
          "type": "string",
          "default": ""
         },
         {
          "name": "version",
          "doc": "its version",
          "type": "string",
          "default": ""
         },
         {
          "name": "score",
          "doc": "as the retriever scored it",
          "type": [
           "null",
           "double"
          ],
          "default": null
         }
        ]
       }
      },
      "default": []
     }
    ]
   },
   "default": {
    "source_id": "",
    "index_version": "",
    "results": []
   }
  },
  {
   "name": "comparison",
   "doc": "section",
   "type": {
    "type": "record",
    "name": "Comparison",
    "fields": [
     {
      "name": "comparison_id",
      "doc": "comparison",
      "type": "string",
      "default": ""
     },
     {
      "name": "chosen_call_id",
      "doc": "the call whose answer was chosen",
      "type": "string",
      "default": ""
     },
     {
      "name": "candidates",
      "doc": "what was compared",
      "type": {
       "type": "array",
       "items": {
        "type": "record",
        "name": "Candidate",
        "fields": [
         {
          "name": "call_id",
          "doc": "the model call that produced it",
          "type": "string",
          "default": ""
         },
         {
          "name": "provider",
          "doc": "provider",
          "type": "string",
          "default": ""
         },
         {
          "name": "model",
          "doc": "model",
          "type": "string",
          "default": ""
         },
         {
          "name": "position",
          "doc": "order in which it was shown, from 1",
          "type": [
           "null",
           "long"
          ],
          "default": null
         },
         {
          "name": "status",
          "doc": "shown, failed, hidden",
          "type": {
           "type": "enum",
           "name": "CandidateStatus",
           "symbols": [
            "unknown",
            "shown",
            "failed",
            "hidden"
           ],
           "default": "unknown"
          },
          "default": "unknown"
         }
        ]
       }
      },
      "default": []
     }
    ]
   },
   "default": {
    "comparison_id": "",
    "chosen_call_id": "",
    "candidates": []
   }
  },
  {
   "name": "artifact",
   "doc": "section",
   "type": {
    "type": "record",
    "name": "Artifact",
    "fields": [
     {
      "name": "artifact_id",
      "doc": "artifact",
      "type": "string",
      "default": ""
     },
     {
      "name": "version",
      "doc": "version",
      "type": "string",
      "default": ""
     },
     {
      "name": "media_type",
      "doc": "media type",
      "type": "string",
      "default": ""
     },
     {
      "name": "size_bytes",
      "doc": "size",
      "type": [
       "null",
       "long"
      ],
      "default": null
     },
     {
      "name": "mac",
      "doc": "keyed hash of its bytes",
      "type": "string",
      "default": ""
     },
     {
      "name": "parent_artifact_id",
      "doc": "what it was made from",
      "type": "string",
      "default": ""
     },
     {
      "name": "produced_by_call_id",
      "doc": "the call that produced it",
      "type": "string",
      "default": ""
     },
     {
      "name": "destination",
      "doc": "where it went: a system or domain",
      "type": "string",
      "default": ""
     }
    ]
   },
   "default": {
    "artifact_id": "",
    "version": "",
    "media_type": "",
    "size_bytes": null,
    "mac": "",
    "parent_artifact_id": "",
    "produced_by_call_id": "",
    "destination": ""
   }
  },
  {
   "name": "access",
   "doc": "section",
   "type": {
    "type": "record",
    "name": "Access",
    "fields": [
     {
      "name": "kind",
      "doc": "search, reveal, export, report",
      "type": "string",
      "default": ""
     },
     {
      "name": "row_count",
      "doc": "rows read",
      "type": [
       "null",
       "long"
      ],
      "default": null
     },
     {
      "name": "paths",
      "doc": "fields read",
      "type": {
       "type": "array",
       "items": "string"
      },
      "default": []
     }
    ]
   },
   "default": {
    "kind": "",
    "row_count": null,
    "paths": []
   }
  },
  {
   "name": "policy",
   "doc": "section",
   "type": {
    "type": "record",
    "name": "Policy",
    "fields": [
     {
      "name": "policy_id",
      "doc": "policy",
      "type": "string",
      "default": ""
     },
     {
      "name": "policy_version",
      "doc": "its version",
      "type": "string",
      "default": ""
     },
     {
      "name": "rule_id",
      "doc": "rule that decided",
      "type": "string",
      "default": ""
     },
     {
      "name": "decision",
      "doc": "what was decided",
      "type": {
       "type": "enum",
       "name": "PolicyDecision",
       "symbols": [
        "unknown",
        "allow",
        "mask",
        "deny",
        "require_approval"
       ],
       "default": "unknown"
      },
      "default": "unknown"
     },
     {
      "name": "enforcement",
      "doc": "whether it was enforced",
      "type": {
       "type": "enum",
       "name": "Enforcement",
       "symbols": [
        "unknown",
        "enforced",
        "advisory",
        "failed_open",
        "failed_closed"
       ],
       "default": "unknown"
      },
      "default": "unknown"
     },
     {
      "name": "latency_ms",
      "doc": "time to decide",
      "type": [
       "null",
       "long"
      ],
      "default": null
     },
     {
      "name": "reason_codes",
      "doc": "why",
      "type": {
       "type": "array",
       "items": "string"
      },
      "default": []
     }
    ]
   },
   "default": {
    "policy_id": "",
    "policy_version": "",
    "rule_id": "",
    "decision": "unknown",
    "enforcement": "unknown",
    "latency_ms": null,
    "reason_codes": []
   }
  },
  {
   "name": "inspection",
   "doc": "section",
   "type": {
    "type": "record",
    "name": "Inspection",
    "fields": [
     {
      "name": "detector_id",
      "doc": "detector",
      "type": "string",
      "default": ""
     },
     {
      "name": "detector_version",
      "doc": "its version",
      "type": "string",
      "default": ""
     },
     {
      "name": "direction",
      "doc": "what was inspected",
      "type": {
       "type": "enum",
       "name": "Direction",
       "symbols": [
        "unknown",
        "prompt",
        "response",
        "tool_args",
        "tool_result",
        "retrieval",
        "file"
       ],
       "default": "unknown"
      },
      "default": "unknown"
     },
     {
      "name": "verdict",
      "doc": "result",
      "type": {
       "type": "enum",
       "name": "Verdict",
       "symbols": [
        "unknown",
        "detected",
        "transformed",
        "blocked",
        "allowed"
       ],
       "default": "unknown"
      },
      "default": "unknown"
     },
     {
      "name": "findings",
      "doc": "what was found, never the text itself",
      "type": {
       "type": "array",
       "items": {
        "type": "record",
        "name": "Finding",
        "fields": [
         {
          "name": "category",
          "doc": "category found",
          "type": "string",
          "default": ""
         },
         {
          "name": "count",
          "doc": "how many",
          "type": [
           "null",
           "long"
          ],
          "default": null
         },
         {
          "name": "score",
          "doc": "confidence, 0 to 1",
          "type": [
           "null",
           "double"
          ],
          "default": null
         },
         {
          "name": "path",
          "doc": "where, as a JSON path",
          "type": "string",
          "default": ""
         }
        ]
       }
      },
      "default": []
     }
    ]
   },
   "default": {
    "detector_id": "",
    "detector_version": "",
    "direction": "unknown",
    "verdict": "unknown",
    "findings": []
   }
  },
  {
   "name": "transformation",
   "doc": "section",
   "type": {
    "type": "record",
    "name": "Transformation",
    "fields": [
     {
      "name": "method",
      "doc": "what was done",
      "type": {
       "type": "enum",
       "name": "TransformationMethod",
       "symbols": [
        "unknown",
        "mask",
        "tokenise",
        "remove",
        "generalise"
       ],
       "default": "unknown"
      },
      "default": "unknown"
     },
     {
      "name": "input_mac",
      "doc": "keyed hash before",
      "type": "string",
      "default": ""
     },
     {
      "name": "output_mac",
      "doc": "keyed hash after",
      "type": "string",
      "default": ""
     },
     {
      "name": "spans",
      "doc": "where",
      "type": {
       "type": "array",
       "items": {
        "type": "record",
        "name": "Span",
        "fields": [
         {
          "name": "path",
          "doc": "where, as a JSON path",
          "type": "string",
          "default": ""
         },
         {
          "name": "category",
          "doc": "category of what was there",
          "type": "string",
          "default": ""
         },
         {
          "name": "count",
          "doc": "how many spans",
          "type": [
           "null",
           "long"
          ],
          "default": null
         }
        ]
       }
      },
      "default": []
     }
    ]
   },
   "default": {
    "method": "unknown",
    "input_mac": "",
    "output_mac": "",
    "spans": []
   }
  },
  {
   "name": "approval",
   "doc": "section",
   "type": {
    "type": "record",
    "name": "Approval",
    "fields": [
     {
      "name": "approver",
      "doc": "person who decides, a pseudonym in the log",
      "type": "string",
      "default": ""
     },
     {
      "name": "approver_issuer",
      "doc": "who issued that id; the source system when left out",
      "type": "string",
      "default": ""
     },
     {
      "name": "decision",
      "doc": "decision",
      "type": {
       "type": "enum",
       "name": "ApprovalDecision",
       "symbols": [
        "unknown",
        "approved",
        "rejected",
        "expired",
        "withdrawn"
       ],
       "default": "unknown"
      },
      "default": "unknown"
     },
     {
      "name": "threshold",
      "doc": "threshold that demanded the approval",
      "type": [
       "null",
       "double"
      ],
      "default": null
     },
     {
      "name": "value",
      "doc": "value held against it",
      "type": [
       "null",
       "double"
      ],
      "default": null
     },
     {
      "name": "unit",
      "doc": "unit of both",
      "type": "string",
      "default": ""
     },
     {
      "name": "wait_ms",
      "doc": "from request to decision",
      "type": [
       "null",
       "long"
      ],
      "default": null
     },
     {
      "name": "expires_at",
      "doc": "when the request lapses",
      "type": [
       "null",
       {
        "type": "long",
        "logicalType": "timestamp-micros"
       }
      ],
      "default": null
     }
    ]
   },
   "default": {
    "approver": "",
    "approver_issuer": "",
    "decision": "unknown",
    "threshold": null,
    "value": null,
    "unit": "",
    "wait_ms": null,
    "expires_at": null
   }
  },
  {
   "name": "effect",
   "doc": "section",
   "type": {
    "type": "record",
    "name": "Effect",
    "fields": [
     {
      "name": "kind",
      "doc": "what was done",
      "type": {
       "type": "enum",
       "name": "EffectKind",
       "symbols": [
        "unknown",
        "create",
        "update",
        "delete",
        "send",
        "trigger",
        "revert"
       ],
       "default": "unknown"
      },
      "default": "unknown"
     },
     {
      "name": "target_system",
      "doc": "where",
      "type": "string",
      "default": ""
     },
     {
      "name": "executed_as",
      "doc": "technical user there",
      "type": "string",
      "default": ""
     },
     {
      "name": "document_no",
      "doc": "document that it produced",
      "type": "string",
      "default": ""
     },
     {
      "name": "transaction_key",
      "doc": "transaction in the target system",
      "type": "string",
      "default": ""
     },
     {
      "name": "amount",
      "doc": "amount in `currency`",
      "type": [
       "null",
       {
        "type": "bytes",
        "logicalType": "decimal",
        "precision": 18,
        "scale": 6
       }
      ],
      "default": null
     },
     {
      "name": "currency",
      "doc": "ISO 4217",
      "type": "string",
      "default": ""
     },
     {
      "name": "reverts_effect_id",
      "doc": "the effect that this one undoes",
      "type": "string",
      "default": ""
     },
     {
      "name": "fields",
      "doc": "changed fields",
      "type": {
       "type": "array",
       "items": {
        "type": "record",
        "name": "FieldChange",
        "fields": [
         {
          "name": "path",
          "doc": "changed field",
          "type": "string",
          "default": ""
         },
         {
          "name": "before_mac",
          "doc": "keyed hash of the value before",
          "type": "string",
          "default": ""
         },
         {
          "name": "after_mac",
          "doc": "keyed hash of the value after",
          "type": "string",
          "default": ""
         }
        ]
       }
      },
      "default": []
     }
    ]
   },
   "default": {
    "kind": "unknown",
    "target_system": "",
    "executed_as": "",
    "document_no": "",
    "transaction_key": "",
    "amount": null,
    "currency": "",
    "reverts_effect_id": "",
    "fields": []
   }
  },
  {
   "name": "message",
   "doc": "section",
   "type": {
    "type": "record",
    "name": "Message",
    "fields": [
     {
      "name": "message_id",
      "doc": "message",
      "type": "string",
      "default": ""
     },
     {
      "name": "channel",
      "doc": "email, chat, sms",
      "type": "string",
      "default": ""
     },
     {
      "name": "recipients",
      "doc": "to whom",
      "type": {
       "type": "array",
       "items": {
        "type": "record",
        "name": "Recipient",
        "fields": [
         {
          "name": "id",
          "doc": "recipient, a pseudonym in the log",
          "type": "string",
          "default": ""
         },
         {
          "name": "issuer",
          "doc": "who issued the id; the source system when left out",
          "type": "string",
          "default": ""
         },
         {
          "name": "domain",
          "doc": "domain of the address",
          "type": "string",
          "default": ""
         },
         {
          "name": "kind",
          "doc": "to, cc, bcc, channel, public",
          "type": {
           "type": "enum",
           "name": "RecipientKind",
           "symbols": [
            "unknown",
            "to",
            "cc",
            "bcc",
            "channel",
            "public"
           ],
           "default": "unknown"
          },
          "default": "unknown"
         },
         {
          "name": "external",
          "doc": "outside the organisation",
          "type": "boolean",
          "default": false
         }
        ]
       }
      },
      "default": []
     }
    ]
   },
   "default": {
    "message_id": "",
    "channel": "",
    "recipients": []
   }
  },
  {
   "name": "run",
   "doc": "section",
   "type": {
    "type": "record",
    "name": "Run",
    "fields": [
     {
      "name": "trigger",
      "doc": "what started it",
      "type": "string",
      "default": ""
     },
     {
      "name": "automation_level",
      "doc": "how much a human is in it",
      "type": {
       "type": "enum",
       "name": "AutomationLevel",
       "symbols": [
        "unknown",
        "manual",
        "assisted",
        "supervised",
        "autonomous"
       ],
       "default": "unknown"
      },
      "default": "unknown"
     },
     {
      "name": "end_reason",
      "doc": "why it ended",
      "type": "string",
      "default": ""
     },
     {
      "name": "error_type",
      "doc": "class of the error",
      "type": "string",
      "default": ""
     },
     {
      "name": "expected_model_calls",
      "doc": "as the source counts them",
      "type": [
       "null",
       "long"
      ],
      "default": null
     },
     {
      "name": "expected_tool_calls",
      "doc": "as the source counts them",
      "type": [
       "null",
       "long"
      ],
      "default": null
     },
     {
      "name": "expected_effects",
      "doc": "as the source counts them",
      "type": [
       "null",
       "long"
      ],
      "default": null
     }
    ]
   },
   "default": {
    "trigger": "",
    "automation_level": "unknown",
    "end_reason": "",
    "error_type": "",
    "expected_model_calls": null,
    "expected_tool_calls": null,
    "expected_effects": null
   }
  },
  {
   "name": "change",
   "doc": "section",
   "type": {
    "type": "record",
    "name": "Change",
    "fields": [
     {
      "name": "kind",
      "doc": "what happened to the item",
      "type": {
       "type": "enum",
       "name": "ChangeKind",
       "symbols": [
        "unknown",
        "created",
        "updated",
        "deleted",
        "activated",
        "deactivated"
       ],
       "default": "unknown"
      },
      "default": "unknown"
     },
     {
      "name": "item_id",
      "doc": "configuration item",
      "type": "string",
      "default": ""
     },
     {
      "name": "item_version",
      "doc": "its version",
      "type": "string",
      "default": ""
     },
     {
      "name": "from_hash",
      "doc": "hash before",
      "type": "string",
      "default": ""
     },
     {
      "name": "to_hash",
      "doc": "hash after",
      "type": "string",
      "default": ""
     },
     {
      "name": "effective_at",
      "doc": "from when on",
      "type": [
       "null",
       {
        "type": "long",
        "logicalType": "timestamp-micros"
       }
      ],
      "default": null
     }
    ]
   },
   "default": {
    "kind": "unknown",
    "item_id": "",
    "item_version": "",
    "from_hash": "",
    "to_hash": "",
    "effective_at": null
   }
  },
  {
   "name": "link",
   "doc": "section",
   "type": {
    "type": "record",
    "name": "Link",
    "fields": [
     {
      "name": "link_id",
      "doc": "link; retraction names the same",
      "type": "string",
      "default": ""
     },
     {
      "name": "kind",
      "doc": "which two kinds it joins",
      "type": {
       "type": "enum",
       "name": "LinkKind",
       "symbols": [
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
       "default": "unknown"
      },
      "default": "unknown"
     },
     {
      "name": "from_kind",
      "doc": "kind of the first end",
      "type": "string",
      "default": ""
     },
     {
      "name": "from_id",
      "doc": "first end; a person's id is a pseudonym in the log",
      "type": "string",
      "default": ""
     },
     {
      "name": "from_issuer",
      "doc": "of a person's or account's id; the source system when left out",
      "type": "string",
      "default": ""
     },
     {
      "name": "to_kind",
      "doc": "kind of the second end",
      "type": "string",
      "default": ""
     },
     {
      "name": "to_id",
      "doc": "second end; a person's id is a pseudonym in the log",
      "type": "string",
      "default": ""
     },
     {
      "name": "to_issuer",
      "doc": "of a person's or account's id; the source system when left out",
      "type": "string",
      "default": ""
     },
     {
      "name": "basis",
      "doc": "on what it rests",
      "type": {
       "type": "enum",
       "name": "LinkBasis",
       "symbols": [
        "unknown",
        "rule",
        "person",
        "source"
       ],
       "default": "unknown"
      },
      "default": "unknown"
     },
     {
      "name": "rule_id",
      "doc": "rule that found it",
      "type": "string",
      "default": ""
     },
     {
      "name": "confidence",
      "doc": "0 to 1",
      "type": [
       "null",
       "double"
      ],
      "default": null
     }
    ]
   },
   "default": {
    "link_id": "",
    "kind": "unknown",
    "from_kind": "",
    "from_id": "",
    "from_issuer": "",
    "to_kind": "",
    "to_id": "",
    "to_issuer": "",
    "basis": "unknown",
    "rule_id": "",
    "confidence": null
   }
  },
  {
   "name": "gap",
   "doc": "section",
   "type": {
    "type": "record",
    "name": "Gap",
    "fields": [
     {
      "name": "stream_id",
      "doc": "stream with the gap",
      "type": "string",
      "default": ""
     },
     {
      "name": "from_seq",
      "doc": "first missing number",
      "type": [
       "null",
       "long"
      ],
      "default": null
     },
     {
      "name": "to_seq",
      "doc": "last missing number",
      "type": [
       "null",
       "long"
      ],
      "default": null
     },
     {
      "name": "kind",
      "doc": "how it shows",
      "type": {
       "type": "enum",
       "name": "GapKind",
       "symbols": [
        "unknown",
        "sequence",
        "heartbeat",
        "source_declared",
        "not_acknowledged",
        "sampled"
       ],
       "default": "unknown"
      },
      "default": "unknown"
     }
    ]
   },
   "default": {
    "stream_id": "",
    "from_seq": null,
    "to_seq": null,
    "kind": "unknown"
   }
  },
  {
   "name": "query",
   "doc": "section",
   "type": {
    "type": "record",
    "name": "Query",
    "fields": [
     {
      "name": "kind",
      "doc": "timeline, search, resolve, event",
      "type": "string",
      "default": ""
     },
     {
      "name": "as_of",
      "doc": "token of what was visible",
      "type": "string",
      "default": ""
     },
     {
      "name": "rows",
      "doc": "rows answered",
      "type": [
       "null",
       "long"
      ],
      "default": null
     },
     {
      "name": "answer_hash",
      "doc": "SHA-256 of the answer",
      "type": "string",
      "default": ""
     },
     {
      "name": "reason",
      "doc": "a code, never prose",
      "type": "string",
      "default": ""
     }
    ]
   },
   "default": {
    "kind": "",
    "as_of": "",
    "rows": null,
    "answer_hash": "",
    "reason": ""
   }
  }
 ]
} as const;

export const contentRecordSchema = {
 "type": "record",
 "name": "ContentRecord",
 "namespace": "affidavit.v1",
 "doc": "An encrypted body, or a directory entry of a person. Bytes to encrypt and authenticate are laid down in README.md.",
 "fields": [
  {
   "name": "content_id",
   "doc": "key that events refer to: HMAC under a key of the scope",
   "type": "string"
  },
  {
   "name": "tenant_id",
   "doc": "tenant",
   "type": "string"
  },
  {
   "name": "scope_kind",
   "doc": "run, session, source_day, person or deadletter",
   "type": "string"
  },
  {
   "name": "scope_id",
   "doc": "what the data key belongs to",
   "type": "string"
  },
  {
   "name": "key_id",
   "doc": "data key in the key ring",
   "type": "string"
  },
  {
   "name": "algorithm",
   "doc": "AES-256-GCM",
   "type": "string"
  },
  {
   "name": "nonce",
   "doc": "12 random bytes",
   "type": "bytes"
  },
  {
   "name": "aad_version",
   "doc": "layout of the additional authenticated data",
   "type": "int"
  },
  {
   "name": "ciphertext",
   "doc": "ciphertext, then the 16 bytes of the tag",
   "type": "bytes"
  },
  {
   "name": "media_type",
   "doc": "RFC 6838 media type of the plain body",
   "type": "string"
  },
  {
   "name": "size_bytes",
   "doc": "size of the plain body",
   "type": "long"
  },
  {
   "name": "subjects",
   "doc": "pseudonyms of the people whom it is about",
   "type": {
    "type": "array",
    "items": "string"
   }
  }
 ]
} as const;

export const deadLetterSchema = {
 "type": "record",
 "name": "DeadLetter",
 "namespace": "affidavit.v1",
 "doc": "A record that an inbox could not accept or the projector could not project, with its original bytes, encrypted.",
 "fields": [
  {
   "name": "dead_letter_id",
   "doc": "component, origin topic, partition, offset: the same failure has the same id",
   "type": "string"
  },
  {
   "name": "tenant_id",
   "doc": "tenant, where the origin's key still says it, else empty",
   "type": "string"
  },
  {
   "name": "component",
   "doc": "projector, content-projector or collector",
   "type": "string"
  },
  {
   "name": "origin_topic",
   "doc": "where the record is",
   "type": "string"
  },
  {
   "name": "origin_partition",
   "doc": "its partition",
   "type": "int"
  },
  {
   "name": "origin_offset",
   "doc": "its offset",
   "type": "long"
  },
  {
   "name": "code",
   "doc": "from the closed list of error codes",
   "type": "string"
  },
  {
   "name": "reason",
   "doc": "what was wrong, without content",
   "type": "string"
  },
  {
   "name": "failed_at",
   "doc": "when it was found",
   "type": {
    "type": "long",
    "logicalType": "timestamp-micros"
   }
  },
  {
   "name": "record_hash",
   "doc": "SHA-256 of the original value",
   "type": "bytes"
  },
  {
   "name": "content",
   "doc": "the original value, sealed like content; empty fields when there was nothing to keep",
   "type": {
    "type": "record",
    "name": "ContentRecord",
    "namespace": "affidavit.v1",
    "doc": "An encrypted body, or a directory entry of a person. Bytes to encrypt and authenticate are laid down in README.md.",
    "fields": [
     {
      "name": "content_id",
      "doc": "key that events refer to: HMAC under a key of the scope",
      "type": "string"
     },
     {
      "name": "tenant_id",
      "doc": "tenant",
      "type": "string"
     },
     {
      "name": "scope_kind",
      "doc": "run, session, source_day, person or deadletter",
      "type": "string"
     },
     {
      "name": "scope_id",
      "doc": "what the data key belongs to",
      "type": "string"
     },
     {
      "name": "key_id",
      "doc": "data key in the key ring",
      "type": "string"
     },
     {
      "name": "algorithm",
      "doc": "AES-256-GCM",
      "type": "string"
     },
     {
      "name": "nonce",
      "doc": "12 random bytes",
      "type": "bytes"
     },
     {
      "name": "aad_version",
      "doc": "layout of the additional authenticated data",
      "type": "int"
     },
     {
      "name": "ciphertext",
      "doc": "ciphertext, then the 16 bytes of the tag",
      "type": "bytes"
     },
     {
      "name": "media_type",
      "doc": "RFC 6838 media type of the plain body",
      "type": "string"
     },
     {
      "name": "size_bytes",
      "doc": "size of the plain body",
      "type": "long"
     },
     {
      "name": "subjects",
      "doc": "pseudonyms of the people whom it is about",
      "type": {
       "type": "array",
       "items": "string"
      }
     }
    ]
   }
  }
 ]
} as const;
