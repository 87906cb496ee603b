import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, test, vi } from 'vitest';
import { describeOnPostgres } from '../../../tests/support/engines.ts';
import { Listener } from './listener.ts';

describeOnPostgres('the listener', (make) => {
  test('reconnects once if the connection is lost while it is being reestablished', async () => {
    const empty = await make();
    const url = new URL(empty.url);
    const { hostname, port } = url;
    const open = new Set<() => void>();
    let connections = 0;
    const proxy = createServer((client) => {
      connections += 1;
      const losesListen = connections === 2;
      const server = connect({ host: hostname, port: Number(port || 5432) });
      const lose = (): void => {
        open.delete(lose);
        client.destroy();
        server.destroy();
      };
      open.add(lose);
      client.on('data', (data) => (losesListen && data.includes('LISTEN') ? lose() : server.write(data)));
      server.on('data', (data) => client.write(data));
      for (const socket of [client, server]) {
        socket.on('close', lose).on('error', lose);
      }
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    url.host = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const warned = vi.spyOn(process, 'emitWarning').mockReturnValue();
    const listener = new Listener(url.href);
    try {
      const called = vi.fn<() => void>();
      await listener.listen('jobs', called);
      open.forEach((lose) => lose());
      await expect.poll(() => called.mock.calls.length, { timeout: 10_000 }).toBe(1);
      // A second attempt would follow the first one at once.
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect({ connections, open: open.size, calls: called.mock.calls.length }).toEqual({
        connections: 3,
        open: 1,
        calls: 1,
      });
    } finally {
      warned.mockRestore();
      await listener.close();
      proxy.close();
      await empty.remove();
    }
  });
});
