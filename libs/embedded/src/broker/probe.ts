import { connect } from 'node:net';

/** An ApiVersions request, version 0: length, api key 18, api version, correlation id, no client id. */
const apiVersions = Buffer.from('0000000a' + '0012' + '0000' + '00000001' + 'ffff', 'hex');

/** True once the broker answers a request. Its port accepts connections earlier, while it still recovers its logs. */
export function answersRequests(port: number, timeoutMs = 1_000): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(apiVersions));
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(timeoutMs, () => done(false));
    socket.once('data', () => done(true));
    socket.once('error', () => done(false));
    socket.once('close', () => done(false));
  });
}
