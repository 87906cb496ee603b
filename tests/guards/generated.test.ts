import { describe, expect, test } from 'vitest';
import { generatedFiles } from '../../scripts/generate/generated-files.ts';
import { families } from '../../src/api/families.ts';
import { openApiDocument } from '../../src/api/openapi/document.ts';
import { filesOf, textOf } from './repository.ts';

describe('generated files', () => {
  test.each(generatedFiles)('$path is up to date (else: npm run generate)', async ({ path, make }) => {
    expect(filesOf(path)).toEqual([path]);
    expect(textOf(path) === (await make()), `${path} has drifted. Run "npm run generate".`).toBe(true);
  });

  test('are the only files in their folders', () => {
    const generated = generatedFiles.map(({ path }) => path);
    expect(filesOf('openapi/*', 'docs/reference/*').filter((file) => !generated.includes(file))).toEqual([]);
  });
});

describe.each(families)('the OpenAPI document of $name', (family) => {
  const document = openApiDocument(family);
  const text = JSON.stringify(document);
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.values(methods).map((operation) => ({ path, operation })),
  );

  test('has no dangling references', () => {
    const references = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => match[1] ?? '');
    for (const reference of new Set(references)) {
      const found = reference.split('/').reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], document);
      expect([reference, typeof found]).toEqual([reference, 'object']);
    }
  });

  test('has no unused components', () => {
    const unused = Object.keys(document.components.schemas).filter(
      (name) => !text.includes(`"#/components/schemas/${name}"`),
    );
    expect(unused).toEqual([]);
  });

  test('has unique operationIds', () => {
    const ids = described.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('has a parameter for every name in a path, without duplicates', () => {
    for (const { path, operation } of described) {
      const inPath = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
      expect([path, inPath.toSorted()]).toEqual([path, [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).toSorted()]);
      const all = operation.parameters.map((parameter) => `${parameter.in} ${parameter.name}`);
      expect(new Set(all).size).toBe(all.length);
    }
  });

  test('declares the security of every operation', () => {
    const open = described.filter(({ operation }) => operation.security.length === 0);
    expect(open.map(({ operation }) => operation.operationId)).toEqual([]);
  });
});
