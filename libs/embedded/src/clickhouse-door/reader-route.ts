import { accessDenied } from './door-error.ts';
import type { Engine } from './engine.ts';
import type { DoorRequest } from './request.ts';
import type { Answer } from './writer-route.ts';

export function answerReader(_engine: Engine, _request: DoorRequest, _tenantId: string): Promise<Answer> {
  return Promise.reject(accessDenied('Readers are not let in yet.'));
}
