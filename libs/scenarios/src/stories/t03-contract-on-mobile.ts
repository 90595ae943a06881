import { type Facts, scene, type StoryEvent } from '../scene.ts';
import { body, modelCall } from '../steps.ts';
import { toyMac } from '../toy-mac.ts';
import { caseRef, human, models, object, people, policies, service } from '../world.ts';

const DAY = '2026-03-11';
const SESSION = 'sess-t03-mobile';
const MATTER = caseRef('imanage', 'matter', 'M-2026-0117');
const PDF = 'application/pdf';
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const facts: Facts = {
  actor: human(people.ines),
  org_unit: 'legal',
  workspace_id: 'legal',
  use_case: 'contract-review',
  purpose: 'legal_advice',
  ai_system_id: 'ai-contract-desk',
  channel: 'mobile',
  client_app: 'contract-desk-ios',
  session_id: SESSION,
  case_refs: [MATTER],
  policy_context: policies.before,
  labels: ['privileged'],
  agent: { id: 'contract-desk', version: '5.2.0', config_id: 'contract-desk/cfg-12' },
};
/** Each of upload, transform, analyse and export is a trace of its own. */
const trace = (number: number, turn = 1): Facts => ({
  ...facts,
  turn_id: `${SESSION}/${turn}`,
  trace_id: `7c1f0a5566b24b0f9d2a11aa00c3030${number}`,
});
const upload = scene('t03', DAY, trace(1));
const transform = scene('t03', DAY, trace(2));
const analyse = scene('t03', DAY, trace(3));
const exportIt = scene('t03', DAY, trace(4, 3));
const FOUND = [
  { category: 'person_name', count: 6, score: 0.97, path: '$.pages[*]' },
  { category: 'iban', count: 1, score: 0.99, path: '$.pages[11]' },
] as const;

function uploading(): StoryEvent[] {
  return [
    upload.tell('session', '17:40:03.000', 'identity.session.started', 'entra', {
      details: { method: 'sso_mfa', device_class: 'phone' },
    }),
    // The file itself stays on the phone and in the document store: only its size and hash are on record.
    upload.tell('upload', '17:41:10.220', 'artifact.file.uploaded', 'contract-desk', {
      artifact: {
        artifact_id: 'art-t03-contract',
        version: '1',
        media_type: PDF,
        size_bytes: 482_113,
        mac: toyMac(SESSION, 'contract.pdf'),
      },
      object_refs: [object('imanage', 'contract', 'SUPPLY-2026-044', 'subject')],
      content: [{ role: 'attachment', capture: 'metadata', media_type: PDF, size_bytes: 482_113 }],
    }),
    transform.tell('text', '17:41:16.900', 'artifact.file.transformed', 'contract-desk', {
      actor: service('contract-desk'),
      artifact: {
        artifact_id: 'art-t03-text',
        version: '1',
        media_type: 'text/plain',
        size_bytes: 61_204,
        mac: toyMac(SESSION, 'text'),
        parent_artifact_id: 'art-t03-contract',
      },
      details: { operation: 'ocr' },
      outcome: { status: 'success' },
    }),
    transform.tell('inspected', '17:41:17.300', 'content.inspected', 'policy-engine', {
      actor: service('policy-engine'),
      call_id: 'call-t03-1',
      inspection: {
        detector_id: 'presidio',
        detector_version: '2.2.358',
        direction: 'file',
        verdict: 'transformed',
        findings: FOUND,
      },
      categories: ['person_name', 'iban'],
      outcome: { status: 'success' },
    }),
    transform.tell('masked', '17:41:17.520', 'content.transformed', 'policy-engine', {
      actor: service('policy-engine'),
      call_id: 'call-t03-1',
      transformation: {
        method: 'tokenise',
        input_mac: toyMac(SESSION, 'text'),
        output_mac: toyMac(SESSION, 'text tokenised'),
        spans: FOUND.map(({ category, count, path }) => ({ category, count, path })),
      },
      details: { target_event_id: 't03.text' },
      outcome: { status: 'success' },
    }),
    transform.tell('redacted', '17:41:17.600', 'artifact.file.transformed', 'contract-desk', {
      actor: service('contract-desk'),
      artifact: {
        artifact_id: 'art-t03-redacted',
        version: '1',
        media_type: 'text/plain',
        size_bytes: 60_877,
        mac: toyMac(SESSION, 'text tokenised'),
        parent_artifact_id: 'art-t03-text',
      },
      details: { operation: 'redaction' },
      outcome: { status: 'success' },
    }),
  ];
}

function analysing(): StoryEvent[] {
  const again = scene('t03', DAY, trace(3, 2));
  return [
    analyse.tell('prompt', '17:42:05.010', 'interaction.prompt.submitted', 'contract-desk', {
      model: models.claude,
      content: [
        body.text(
          'input',
          'Which clauses of this supply contract shift liability to us, and is the cap in 14.2 mutual?',
        ),
      ],
      details: { input_kind: 'text' },
    }),
    analyse.tell('policy', '17:42:05.200', 'policy.evaluated', 'policy-engine', {
      actor: service('policy-engine'),
      call_id: 'call-t03-1',
      decision_id: 'dec-t03-1',
      policy: {
        policy_id: 'legal-documents',
        policy_version: '3',
        rule_id: 'tokenise-before-vendor',
        decision: 'mask',
        enforcement: 'enforced',
        latency_ms: 14,
        reason_codes: ['label_privileged', 'vendor_hosted_model'],
      },
      model: { provider: 'anthropic', request_model: 'claude-sonnet-4-5' },
      details: { target: 'anthropic' },
    }),
    ...modelCall(analyse, {
      name: 'review',
      at: '17:42:05.400',
      ms: 6_120,
      call: 'call-t03-1',
      model: models.claude,
      tokens: [15_220, 610],
      cost: '0.054810',
      source: 'contract-desk',
      facts: { decision_id: 'dec-t03-1' },
      input:
        '[document with 6 names and 1 IBAN replaced] Which clauses shift liability to us, and is the cap in 14.2 mutual?',
      output: 'Clauses 9.3, 14.2 and 17.1. The cap in 14.2 protects the supplier only: it is not mutual.',
    }),
    analyse.tell('analysed', '17:42:11.560', 'artifact.file.analyzed', 'contract-desk', {
      actor: service('contract-desk'),
      call_id: 'call-t03-1',
      artifact: { artifact_id: 'art-t03-redacted', version: '1' },
      model: models.claude,
      details: { operation: 'clause_review' },
      outcome: { status: 'success' },
    }),
    analyse.tell('answer', '17:42:11.800', 'interaction.response.delivered', 'contract-desk', {
      model: models.claude,
      call_id: 'call-t03-1',
      content: [
        body.text(
          'output',
          'Clauses 9.3, 14.2 and 17.1. The cap in 14.2 protects the supplier only: it is not mutual.',
        ),
      ],
      details: { render: 'app' },
      outcome: { status: 'success' },
    }),
    again.tell('prompt-2', '17:44:30.500', 'interaction.prompt.submitted', 'contract-desk', {
      model: models.claude,
      content: [body.text('input', 'Draft a two-page memo on that for procurement.')],
      details: { input_kind: 'voice' },
    }),
    ...modelCall(again, {
      name: 'memo',
      at: '17:44:31.000',
      ms: 9_400,
      call: 'call-t03-2',
      model: models.claude,
      tokens: [16_010, 1_240],
      cost: '0.066630',
      source: 'contract-desk',
      input: 'Draft a two-page memo on that for procurement.',
      output: 'Memo: liability in supply contract SUPPLY-2026-044. 1. The cap in 14.2 is one-sided. 2. Clause 9.3 …',
    }),
    again.tell('memo', '17:44:40.600', 'artifact.produced', 'contract-desk', {
      actor: service('contract-desk'),
      call_id: 'call-t03-2',
      model: models.claude,
      artifact: {
        artifact_id: 'art-t03-memo',
        version: '1',
        media_type: WORD,
        size_bytes: 23_552,
        mac: toyMac(SESSION, 'memo'),
        parent_artifact_id: 'art-t03-redacted',
        produced_by_call_id: 'call-t03-2',
      },
      outcome: { status: 'success' },
    }),
    again.tell('answer-2', '17:44:40.900', 'interaction.response.delivered', 'contract-desk', {
      model: models.claude,
      call_id: 'call-t03-2',
      content: [body.text('output', 'The memo is ready.')],
      details: { render: 'app' },
      outcome: { status: 'success' },
    }),
  ];
}

function exporting(): StoryEvent[] {
  const memo = { artifact_id: 'art-t03-memo', version: '1', media_type: WORD } as const;
  return [
    exportIt.tell('export', '17:46:02.100', 'content.exported', 'contract-desk', {
      artifact: { ...memo, destination: 'sharepoint' },
      object_refs: [object('sharepoint', 'document', 'legal/M-2026-0117/memo-v1.docx', 'created')],
      details: { format: 'docx' },
      outcome: { status: 'success' },
    }),
    scene('t03', DAY, { case_refs: [MATTER] }).tell('stored', '17:46:03', 'object.change.confirmed', 'sharepoint', {
      actor: human(people.ines),
      time_precision_us: 1_000_000,
      object_refs: [object('sharepoint', 'document', 'legal/M-2026-0117/memo-v1.docx', 'created')],
      effect: { kind: 'create', target_system: 'sharepoint' },
      details: { change_origin: 'upload' },
    }),
    exportIt.tell('share', '17:47:20.000', 'content.shared', 'sharepoint', {
      artifact: { ...memo, destination: 'lexpartner.example' },
      object_refs: [object('sharepoint', 'document', 'legal/M-2026-0117/memo-v1.docx', 'sent')],
      message: {
        channel: 'link',
        recipients: [
          { id: people.daniel.id, issuer: 'entra', domain: 'halden.example', kind: 'to', external: false },
          {
            id: 'r.castellano@lexpartner.example',
            issuer: 'email',
            domain: 'lexpartner.example',
            kind: 'to',
            external: true,
          },
        ],
      },
      details: { visibility: 'named_people' },
      outcome: { status: 'success' },
    }),
    exportIt.tell('rating', '17:48:00.000', 'interaction.feedback.given', 'contract-desk', {
      call_id: 'call-t03-2',
      details: { rating: '4', scale: 'stars_5' },
    }),
    exportIt.tell('session-end', '17:50:11.000', 'identity.session.ended', 'entra', {
      details: { end_reason: 'app_closed' },
    }),
  ];
}

/** A lawyer uploads, tokenises, analyses and exports a contract from her phone. */
export const t03 = (): StoryEvent[] => [...uploading(), ...analysing(), ...exporting()];
