import {
  type ActorInput,
  type CaseRefInput,
  type ModelInput,
  type ObjectRefInput,
  type PolicyContextInput,
  type PrincipalInput,
  type SubjectRefInput,
} from '@affidavit/contracts';

/** Halden Pumps GmbH, its people, systems and models. All invented; domains end in .example (RFC 2606). */
const COMPANY = 'halden.example';

export interface Person {
  readonly id: string;
  readonly display_name: string;
}

const employee = (name: string): Person => ({
  id: `${name.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ø', 'o').replace(' ', '.')}@${COMPANY}`,
  display_name: name,
});

export const people = {
  marta: employee('Marta Lindqvist'),
  jonas: employee('Jonas Weber'),
  priya: employee('Priya Nair'),
  ines: employee('Ines Moreau'),
  daniel: employee('Daniel Frey'),
  aiko: employee('Aiko Tanaka'),
  oskar: employee('Oskar Brandt'),
  helene: employee('Helene Vogt'),
  sofia: employee('Sofia Lindt'),
  henrik: employee('Henrik Dahl'),
  viktor: employee('Viktor Albrecht'),
  emil: employee('Emil Sørensen'),
  nadia: employee('Nadia Haddad'),
  tom: employee('Tom Becker'),
} as const;

/** Employees are known by the directory, wherever they appear: one issuer, so one pseudonym. */
export const human = ({ id, display_name }: Person): ActorInput => ({
  type: 'human',
  id,
  issuer: 'entra',
  assurance: 'verified',
  relation: 'workforce',
  display_name,
});
export const principal = ({ id, display_name }: Person, grant_id?: string): PrincipalInput => ({
  type: 'human',
  id,
  issuer: 'entra',
  relation: 'workforce',
  display_name,
  ...(grant_id !== undefined && { grant_id }),
});
export const agentActor = (id: string): ActorInput => ({ type: 'agent', id, assurance: 'verified' });
export const system = (id: string): ActorInput => ({ type: 'system', id, assurance: 'verified' });
export const service = (id: string): ActorInput => ({ type: 'service', id, assurance: 'verified' });
export const outsider = (id: string, display_name: string, role = 'data_subject'): SubjectRefInput => ({
  id,
  issuer: 'email',
  role,
  display_name,
});

export const models = {
  gpt: {
    provider: 'openai',
    request_model: 'gpt-4.1',
    response_model: 'gpt-4.1-2025-04-14',
    hosted: 'vendor',
    region: 'eu',
  },
  claude: {
    provider: 'anthropic',
    request_model: 'claude-sonnet-4-5',
    response_model: 'claude-sonnet-4-5-20250929',
    hosted: 'vendor',
    region: 'eu',
  },
  mistral: {
    provider: 'mistral_ai',
    request_model: 'mistral-large-latest',
    response_model: 'mistral-large-2411',
    hosted: 'vendor',
    region: 'eu',
  },
  llama: {
    provider: 'vllm',
    request_model: 'llama-3.3-70b-instruct',
    response_model: 'llama-3.3-70b-instruct-awq',
    hosted: 'self',
    region: 'halden-dc1',
  },
} as const satisfies Record<string, ModelInput>;

/** The policy set that was in force; its version went up once, on 25 March (T08). */
export const policies = {
  before: { policy_set: 'halden-ai', version: '2026.2', hash: 'sha256:5f2b7c' },
  after: { policy_set: 'halden-ai', version: '2026.3', hash: 'sha256:91d04e' },
} as const satisfies Record<string, PolicyContextInput>;

export const object = (
  at: string,
  type: string,
  id: string,
  role: ObjectRefInput['role'],
  versions: Pick<ObjectRefInput, 'version_before' | 'version_after'> = {},
): ObjectRefInput => ({ system: at, type, id, ...(role && { role }), ...versions });
export const caseRef = (at: string, type: string, id: string): CaseRefInput => ({ system: at, type, id });
