import { createHash } from 'node:crypto';
import type { FamilyLayout } from '../../src/api/families.ts';
import { layoutOf } from '../../src/api/families.ts';
import { openApiDocument, openApiText } from '../../src/api/openapi/document.ts';
import { factsFor } from '../../src/api/operation.ts';
import { operations } from '../../src/api/operations.ts';

type Json = Readonly<Record<string, unknown>>;

/** The family whose document is committed as a whole. */
export const wholeFamily = layoutOf('v2025');

/**
 * How the OpenAPI document of a family differs from that of `wholeFamily`, as a JSON merge patch (RFC 7396): what is
 * null exists there only. Operations are keyed by method and contract path, and parameters by place and name, so that a
 * family's URL layout is no difference. The hash covers the whole document: no change of it goes unnoticed.
 */
export function openApiDifferences(family: FamilyLayout): string {
  const differences = {
    sha256: createHash('sha256').update(openApiText(family)).digest('hex'),
    ...(mergePatch(comparable(wholeFamily), comparable(family)) as object | undefined),
  };
  return `${JSON.stringify(differences, undefined, 2)}\n`;
}

function comparable(family: FamilyLayout): Json {
  const { paths, components } = openApiDocument(family);
  const prefix = family.urlPath('');
  const served = operations.filter((operation) => operation.families.includes(family.name));
  return {
    operations: Object.fromEntries(
      served.map((operation) => {
        const { method, path } = operation;
        const described = paths[family.urlPath(path).slice(prefix.length)]?.[method.toLowerCase()];
        const { operationId } = factsFor(operation, family.name);
        return [
          `${method} ${path}`,
          {
            ...described,
            operationId: operationId.slice(0, operationId.length - family.operationIdSuffix.length),
            parameters: Object.fromEntries(
              (described?.parameters ?? []).map((parameter) => [`${parameter.in} ${parameter.name}`, parameter]),
            ),
          },
        ];
      }),
    ),
    components,
  };
}

/** The merge patch that makes `target` of `source`; undefined when they are the same. */
function mergePatch(source: unknown, target: unknown): unknown {
  if (!isObject(source) || !isObject(target)) {
    return JSON.stringify(source) === JSON.stringify(target) ? undefined : target;
  }
  const names = [...new Set([...Object.keys(source), ...Object.keys(target)])];
  const members = names
    .map((name) => [name, name in target ? mergePatch(source[name], target[name]) : null] as const)
    .filter(([, patch]) => patch !== undefined);
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
