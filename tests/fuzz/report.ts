import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { operations } from '../../src/api/operations.ts';
import type { FuzzOptions } from './options.ts';
import type { Failure, Tally } from './tally.ts';

/** Formats the result of a run: the failures, then one table. */
export function describeRun(options: FuzzOptions, tally: Tally, seconds: number): string {
  return [
    ...[...tally.failures.values()].map(describeFailure),
    tableOf(tally),
    `${tally.requests} requests (${options.engine}, seed ${options.seed}) in ${seconds.toFixed(1)} s: ${Math.round(tally.requests / seconds)}/s`,
    `operations × families that succeeded: ${tally.titles.size} of ${operations.flatMap(({ families }) => families).length}`,
    `slowest response: ${Math.round(tally.slowest.milliseconds)} ms (${tally.slowest.title}); over 2 s once, but not when repeated alone: ${tally.slowOnce}`,
    `repeated, because the server had closed the idle connection: ${tally.resent}`,
    `failures: ${tally.failures.size} kinds`,
  ].join('\n');
}

function describeFailure({ problem, request, path, times }: Failure & { times: number }): string {
  const lines = [`✗ ${request?.title ?? ''} ${problem}${times > 1 ? ` (${times} times)` : ''}`];
  if (path !== undefined) {
    lines.push(`  ${path}`);
  }
  if (request !== undefined) {
    const shown = request.bytes.length > 1500 ? request.bytes.subarray(0, 1500) : request.bytes;
    lines.push(
      `  The request, in JSON notation${shown.length < request.bytes.length ? `, its first ${shown.length} of ${request.bytes.length} bytes` : ''}:`,
      `  ${JSON.stringify(shown.toString('latin1')).replace(/Bearer [\w-]+\.[\w-]+\.[\w-]+/, 'Bearer TOKEN')}`,
      `  All of it: nc HOST PORT < ${keep(request.bytes)} (its token is of the fuzzed server)`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function keep(bytes: Buffer): string {
  const folder = join(tmpdir(), 'muniment-fuzz-failures');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${process.pid}-${performance.now().toFixed(3).replace('.', '')}.http`);
  writeFileSync(file, bytes);
  return file;
}

function tableOf({ groups }: Tally): string {
  const rows = [...groups]
    .toSorted(([, a], [, b]) => b.requests - a.requests)
    .map(([name, { requests, classes, slowest }]) => [
      name,
      String(requests),
      ...[2, 3, 4, 5, 0].map((digit) => String(classes[digit] ?? 0)),
      `${Math.round(slowest)} ms`,
    ]);
  const table = [['class', 'requests', '2xx', '3xx', '4xx', '501', 'closed', 'slowest'], ...rows];
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => (row[column] ?? '').length)));
  return table
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  '),
    )
    .join('\n');
}
