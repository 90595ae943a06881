import { spawn } from 'node:child_process';

/**
 * Ends the process `pid` when this process ends, however that happens: a kill -9 leaves no orphan on its port. A shell
 * holds the read end of a pipe whose write end only this process has; the kernel closes it when we die. It runs in a
 * session of its own, so a Ctrl-C in the terminal does not reach it. Call what is returned once `pid` has exited.
 */
export function endWithUs(pid: number): () => void {
  const script =
    'read -r _; kill "$0" 2>/dev/null; n=0; while kill -0 "$0" 2>/dev/null && [ $n -lt 20 ]; do n=$((n+1)); sleep 0.5; ' +
    'done; kill -9 "$0" 2>/dev/null';
  const watch = spawn('/bin/sh', ['-c', script, String(pid)], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  watch.on('error', () => undefined);
  watch.stdin.on('error', () => undefined);
  watch.unref();
  (watch.stdin as unknown as { unref?: () => void }).unref?.();
  return () => void watch.kill('SIGKILL');
}
