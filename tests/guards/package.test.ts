import { describe, expect, test } from 'vitest';
import { filesOf, textOf } from './repository.ts';

const description = JSON.parse(textOf('package.json')) as {
  dependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
};

/** The files that are compiled into the package. */
const shipped = filesOf('src/**/*.ts').filter((file) => !file.endsWith('.test.ts'));

describe('what is published', () => {
  test('imports only production dependencies', () => {
    const surplus = shipped.flatMap((file) =>
      [...textOf(file).matchAll(/^(?:import|export|\}).* from '([^']+)';$/gm)]
        .map((match) => match[1] ?? '')
        .filter((name) => !name.startsWith('node:') && !name.startsWith('.'))
        .map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'))
        .filter((name) => !(name in description.dependencies))
        .map((name) => `${file}: ${name}`),
    );
    expect(surplus).toEqual([]);
  });

  test('imports nothing from outside src', () => {
    const outside = shipped.filter((file) => /from '[^']*\/(tests|bench|scripts)\//.test(textOf(file)));
    expect(outside).toEqual([]);
  });

  test('needs no install scripts of dependencies', () => {
    const { packages } = JSON.parse(textOf('package-lock.json')) as {
      packages: Record<string, { dev?: boolean; hasInstallScript?: boolean }>;
    };
    const withScripts = Object.entries(packages)
      .filter(([, { dev, hasInstallScript }]) => dev !== true && hasInstallScript === true)
      .map(([path]) => path.replace(/^.*node_modules\//, ''));
    expect(withScripts.filter((name) => description.allowScripts[name] !== false)).toEqual([]);
  });
});
