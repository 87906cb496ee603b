import { layoutOf } from '../../src/api/families.ts';
import type { DescribedOperation } from '../../src/api/openapi/described-operation.ts';
import { openApiDocument } from '../../src/api/openapi/document.ts';
import { keyText, typeText } from './type-text.ts';

/** The families that the client uses: the newest of the contract, and Muniment's own. */
const documents = (['v2026', 'muniment'] as const).map((name) => openApiDocument(layoutOf(name)));

/** Generates src/domain/oauth/served-scopes.ts, with which misspelt scopes are compared. */
export function servedScopes(): string {
  return `// Generated from the operations by "npm run generate". Do not edit.\n\n${scopesText('servedScopes')}\n`;
}

/** Generates src/client/operations.ts, with method, path and types of every operation. */
export function clientOperations(): string {
  const operations = documents.flatMap(({ servers, paths }) =>
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        operation,
        method: method.toUpperCase(),
        path: `${servers[0]?.url ?? ''}${path}`,
      })),
    ),
  );
  const text = [
    '// Generated from the OpenAPI documents by "npm run generate". Do not edit.',
    `/** The method, the path and the media type of the body of each operation. */\nexport const operations = {\n${operations
      .map(({ operation, method, path }) => {
        const [mediaType] = Object.keys(operation.requestBody?.content ?? {});
        const body = mediaType === undefined ? '' : `, mediaType: '${mediaType}'`;
        return `  ${operation.operationId}: { method: '${method}', path: '${path}'${body} },\n`;
      })
      .join('')}} as const;`,
    scopesText('scopes'),
    `/** The input and the result of each operation. */\nexport interface Operations {\n${operations
      .map(
        ({ operation }) =>
          `  readonly ${operation.operationId}: {\n    readonly input: ${inputOf(operation)};\n    readonly result: ${resultOf(operation)};\n  };\n`,
      )
      .join('')}}`,
  ].join('\n\n');
  return `${[text, ...usedTypes(text, componentTypes())].join('\n\n')}\n`;
}

function scopesText(name: string): string {
  const operations = documents.flatMap(({ paths }) =>
    Object.values(paths).flatMap((methods) => Object.values(methods)),
  );
  const scopes = operations.flatMap(({ security }) => security.flatMap((each) => Object.values(each).flat()));
  const lines = [...new Set(scopes)].toSorted().map((scope) => `  '${scope}',\n`);
  return `/** The scopes that some operation asks for. */\nexport const ${name}: readonly string[] = [\n${lines.join('')}];`;
}

/** The types of all components, by name. */
function componentTypes(): ReadonlyMap<string, string> {
  const types = new Map<string, string>();
  for (const { components } of documents) {
    for (const [name, schema] of Object.entries(components.schemas)) {
      const text = typeText(schema, '');
      const known = types.get(name);
      if (known !== undefined && known !== text) {
        throw new Error(`The component ${name} differs between the two documents.`);
      }
      types.set(name, text);
    }
  }
  return types;
}

/** Returns the declarations of the types that a text refers to, directly or indirectly. */
function usedTypes(text: string, types: ReadonlyMap<string, string>): string[] {
  const used = new Set<string>();
  const follow = (part: string): void => {
    for (const [name] of part.matchAll(/\b[A-Z]\w+/g)) {
      const declared = types.get(name);
      if (declared !== undefined && !used.has(name)) {
        used.add(name);
        follow(declared);
      }
    }
  };
  follow(text);
  return [...used].toSorted().map((name) => `export type ${name} = ${types.get(name)};`);
}

function inputOf(operation: DescribedOperation): string {
  const members = (['path', 'query'] as const).flatMap((place) => {
    const parameters = operation.parameters.filter((parameter) => parameter.in === place);
    const fields = parameters.map(
      ({ name, required, schema }) =>
        `readonly ${keyText(name)}${required ? '' : '?'}: ${typeText(schema, '')}${required ? '' : ' | undefined'}`,
    );
    const isOptional = parameters.every(({ required }) => !required);
    return fields.length === 0 ? [] : [`readonly ${place}${isOptional ? '?' : ''}: { ${fields.join('; ')} }`];
  });
  const [mediaType, body] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  // A form is streamed; its parts are not typed.
  if (body !== undefined && mediaType !== 'multipart/form-data') {
    members.push(`readonly body: ${typeText(body.schema, '')}`);
  }
  return members.length === 0 ? 'Readonly<Record<never, never>>' : `{ ${members.join('; ')} }`;
}

function resultOf(operation: DescribedOperation): string {
  const success = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))?.[1];
  const content = (success as { content?: Record<string, { schema: unknown }> } | undefined)?.content;
  const [body] = Object.values(content ?? {});
  return body === undefined ? 'undefined' : typeText(body.schema, '    ');
}
