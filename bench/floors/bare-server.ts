import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Api } from '../server/api.ts';
import { type Child, startChild } from '../server/child.ts';

const program = fileURLToPath(new URL('./bare-server-process.ts', import.meta.url));

/** Starts a bare `node:http` server that sends the measured server's responses to these requests, with the same headers. */
export async function startBareServer(api: Api, paths: readonly string[]): Promise<Child> {
  const answers: { headers: Record<string, string>; body: string }[] = [];
  for (const path of paths) {
    const response = await api.send('GET', path);
    const headers = Object.fromEntries(
      [...response.headers].filter(
        ([name]) => !['content-length', 'connection', 'keep-alive', 'date', 'transfer-encoding'].includes(name),
      ),
    );
    answers.push({ headers, body: await response.text() });
  }
  const folder = mkdtempSync(join(tmpdir(), 'muniment-bench-bare-'));
  const file = join(folder, 'answers.json');
  writeFileSync(file, JSON.stringify(answers));
  try {
    return await startChild([program, file], /listens on (\S+)/);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
