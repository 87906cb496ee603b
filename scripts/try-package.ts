/**
 * Packs the package, installs it into an empty folder as a user would, runs the demo from there, and requests its
 * entitlements. Exits with 1 and a message if something is wrong.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
/** The maximum duration of each step, in milliseconds. */
const patience = 120_000;

/** Files that a package must have. */
const required = [
  'dist/cli/muniment.js',
  'dist/storage/sqlite/reader-thread.js',
  'dist/tasks/task-thread.js',
  'dist/api/contract/operations.json',
  'demo/organisation.json',
  'demo/directory/groups.csv',
  'docs/install.md',
  'deploy/muniment.service',
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
];
/** The allowed files of a package. */
const allowed =
  /^(dist\/.+\.(js|json)|demo\/.+\.(csv|json|md)|docs\/.+\.md|deploy\/[^/]+|[A-Z]+\.md|LICENSE|package\.json)$/;
const forbidden = /\.test\.|(^|\/)tests?\//;

// Every program started from here uses the Node.js version that runs this script.
const searchPath = [dirname(process.execPath), process.env['PATH']].join(delimiter);
/** npm may need these variables, for example for a proxy or a registry. */
const environment = { ...process.env, PATH: searchPath };

const folder = mkdtempSync(join(tmpdir(), 'muniment-package-'));
try {
  const tarball = pack();
  execFileSync('npm', ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', tarball], {
    cwd: folder,
    env: environment,
    timeout: patience,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await tryDemo();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function pack(): string {
  const output = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: root,
    env: environment,
    timeout: patience,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // The build prints its own lines first.
  const packed: unknown = JSON.parse(output.slice(output.search(/^[[{]/m)));
  const [first] = Object.values(packed as object) as { filename: string; files: { path: string }[] }[];
  const paths = (first?.files ?? []).map(({ path }) => path);
  const surplus = paths.filter((path) => !allowed.test(path) || forbidden.test(path));
  const missing = required.filter((path) => !paths.includes(path));
  if (first === undefined || surplus.length > 0 || missing.length > 0) {
    throw new Error(`The package must not have: ${surplus.join(', ')}. It lacks: ${missing.join(', ')}.`);
  }
  console.log(`${first.filename}: ${paths.length} files.`);
  return join(folder, first.filename);
}

async function tryDemo(): Promise<void> {
  const program = join(folder, 'node_modules', '.bin', 'muniment');
  const child = spawn(program, ['demo', '--port', '0'], {
    cwd: folder,
    env: { PATH: searchPath, NODE_ENV: 'production' },
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  try {
    const introduction = await ready(child);
    const [, url = ''] = /^base URL: (.+)$/m.exec(introduction) ?? [];
    const [, id = ''] = /^client id: (.+)$/m.exec(introduction) ?? [];
    const [, secret = ''] = /^client secret: (.+)$/m.exec(introduction) ?? [];
    await ask(`${url}/health/ready`);
    await ask(`${url}/docs/swagger-ui-bundle.js`);
    await ask(`${url}/openapi/v2025.json`);
    const grant = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret });
    const token = await ask(`${url}/oauth/token`, { method: 'POST', body: grant });
    const { access_token: bearer } = (await token.json()) as { access_token: string };
    const list = await ask(`${url}/v2025/entitlements?limit=1&count=true`, {
      headers: { authorization: `Bearer ${bearer}` },
    });
    const total = Number(list.headers.get('x-total-count'));
    if (!(total > 0)) {
      throw new Error('The demo has no entitlements.');
    }
    const listed = execFileSync(program, ['entitlements', 'list', '--all', '--json'], {
      cwd: folder,
      env: { PATH: searchPath, SAIL_BASE_URL: url, SAIL_CLIENT_ID: id, SAIL_CLIENT_SECRET: secret },
      timeout: patience,
      maxBuffer: 64 * 1024 * 1024,
      encoding: 'utf8',
    });
    if ((JSON.parse(listed) as unknown[]).length !== total) {
      throw new Error('The command line of the package lists different entitlements than the server.');
    }
    child.kill('SIGTERM');
    const code = await ended;
    if (code !== 0) {
      throw new Error(`The demo exited with ${code}.`);
    }
    console.log(`The installed package served ${total} entitlements and stopped.`);
  } finally {
    child.kill('SIGKILL');
  }
}

/** Returns the output of the demo until it is ready. Throws if it exits before or takes too long. */
async function ready(child: ChildProcess): Promise<string> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data: Buffer) => {
      output += data.toString();
    });
  }
  const deadline = Date.now() + patience;
  while (!output.includes('Stop with Ctrl+C')) {
    if (child.exitCode !== null || Date.now() > deadline) {
      throw new Error(`The demo did not become ready: ${output}`);
    }
    await sleep(50);
  }
  return output;
}

async function ask(url: string, init: RequestInit = {}): Promise<Response> {
  const answer = await fetch(url, init);
  if (!answer.ok) {
    throw new Error(`${url} returned ${answer.status}: ${await answer.text()}`);
  }
  return answer;
}
