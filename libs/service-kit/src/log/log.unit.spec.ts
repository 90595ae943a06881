import { AffidavitError } from '@affidavit/audit-model';
import { createLog, logListening } from './log.ts';
import { NestLog } from './nest-log.ts';

function listeningLog(keys: string[] = []) {
  const lines: Record<string, unknown>[] = [];
  const log = createLog({
    service: 'collector',
    keys,
    write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>),
  });
  return { log, lines };
}

describe('log', () => {
  test('only known keys, and of them only plain values', () => {
    const { log, lines } = listeningLog(['stream']);
    log.info('sent', {
      topic: 't',
      offset: 7n,
      stream: 's',
      headers: 'authorization: x',
      body: 'y',
      count: { a: 1 } as unknown as number,
    });
    expect(lines[0]).toEqual({
      level: 'info',
      time: expect.any(String),
      service: 'collector',
      msg: 'sent',
      topic: 't',
      offset: '7',
      stream: 's',
    });
  });

  test('a foreign error’s message, which may quote content, stays out; where it was thrown stands in', () => {
    const { log, lines } = listeningLog();
    const cause = new TypeError('invalid "string": "my diagnosis is…"');
    log.error('failed', { code: 'x' }, new Error('prompt: tell nobody', { cause }));
    const text = JSON.stringify(lines[0]);
    expect(text).not.toMatch(/diagnosis|tell nobody/);
    expect(lines[0]).toMatchObject({
      error_name: 'Error',
      error_at: expect.arrayContaining([expect.stringContaining('log.unit.spec')]),
      cause: { error_name: 'TypeError' },
    });
  });

  test('an AffidavitError speaks for itself', () => {
    const { log, lines } = listeningLog();
    log.warn(
      'failed',
      {},
      new AffidavitError('log_unavailable', 'Kafka did not acknowledge', { retryable: true, detail: { secret: 'x' } }),
    );
    expect(lines[0]).toMatchObject({
      error_code: 'log_unavailable',
      error_message: 'Kafka did not acknowledge',
      error_retryable: true,
    });
    expect(JSON.stringify(lines[0])).not.toContain('secret');
  });

  test('the line that a supervisor reads', () => {
    const { log, lines } = listeningLog();
    logListening(log, { host: '127.0.0.1', port: 7070 });
    expect(lines[0]).toMatchObject({ msg: 'listening', port: 7070 });
  });

  test('Nest’s start is quiet, its errors are not', () => {
    const { log, lines } = listeningLog();
    const nest = new NestLog(log);
    nest.log('Mapped {/v1/events, POST} route', 'RouterExplorer');
    nest.error("Nest can't resolve dependencies", undefined, 'ExceptionHandler');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: 'error',
      msg: "nest: Nest can't resolve dependencies",
      component: 'ExceptionHandler',
    });
  });
});
