import { dirname, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { errorKinds } from '../../scripts/generate/errors.ts';
import { flagOf, settings } from '../../src/config.ts';
import * as errors from '../../src/errors.ts';
import { filesOf, textOf } from './repository.ts';

const pages = filesOf('*.md', 'docs/**/*.md', 'demo/**/*.md', 'bench/**/*.md');

/** The anchor that a heading gets. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[`*_]/g, '')
    .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');
}

function withoutCode(text: string): string {
  return text.replaceAll(/^```.*?^```/gms, '');
}

describe('the documents', () => {
  test.each(pages)('%s has links that lead somewhere', (page) => {
    const links = [...withoutCode(textOf(page)).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
    const broken = links.filter((link) => {
      if (/^[a-z]+:/.test(link)) {
        return false;
      }
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : normalize(`${dirname(page)}/${decodeURIComponent(path)}`).replace(/\/$/, '');
      if (filesOf(target).length === 0) {
        return true;
      }
      const headings = target.endsWith('.md') ? withoutCode(textOf(target)).matchAll(/^#+ (.+)$/gm) : [];
      return anchor !== undefined && ![...headings].some((heading) => anchorOf(heading[1] ?? '') === anchor);
    });
    expect(broken).toEqual([]);
  });

  test('mention only existing settings', () => {
    // The command line reads two more: the settings file, and the URL of the server.
    const variables = Object.values(settings).map(({ variable }) => variable);
    const known = new Set<string>([...variables, 'MUNIMENT_CONFIG', 'MUNIMENT_URL']);
    const ofTests = new Set(
      filesOf('tests/**/*.ts', 'bench/**/*.ts').flatMap((file) => textOf(file).match(/MUNIMENT_[A-Z_]+/g) ?? []),
    );
    const unknown = pages.flatMap((page) =>
      (textOf(page).match(/MUNIMENT_[A-Z_]*[A-Z]/g) ?? [])
        .filter((name) => !known.has(name) && !ofTests.has(name))
        .map((name) => `${page}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  test('have every setting with its flag', () => {
    const page = textOf('docs/reference/settings.md');
    for (const [name, { variable }] of Object.entries(settings)) {
      expect(page).toContain(`| \`${variable}\` | \`${flagOf(name)}\` |`);
    }
  });

  test('have every error', () => {
    const isClass = (value: unknown): boolean => String(value).startsWith('class ');
    const factories = Object.values(errors).filter((value) => typeof value === 'function' && !isClass(value));
    expect(errorKinds()).toHaveLength(factories.length);
    const page = textOf('docs/reference/errors.md');
    for (const { code } of errorKinds()) {
      expect(page).toContain(`\`${code}\``);
    }
  });

  test('have every error because errors are created in two places only', () => {
    const makers = filesOf('src/**/*.ts').filter((file) => textOf(file).match(/new (Muniment|Oauth)Error\(/) !== null);
    expect(makers).toEqual(['src/api/error-handler.ts', 'src/errors.ts']);
  });
});
