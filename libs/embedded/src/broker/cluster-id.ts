import { randomBytes } from 'node:crypto';

/**
 * 16 random bytes in base64url, as Kafka names clusters. Never with a dash in front, as in Kafka's own `Uuid.randomUuid`:
 * its tool takes such an id for an option, and one first start in 64 failed.
 */
export function newClusterId(random: () => Buffer = () => randomBytes(16)): string {
  for (;;) {
    const id = random().toString('base64url');
    if (!id.startsWith('-')) return id;
  }
}
