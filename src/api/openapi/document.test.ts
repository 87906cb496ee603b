import { Type } from 'typebox';
import { describe, expect, test } from 'vitest';
import { families, type FamilyLayout } from '../families.ts';
import { defineOperation, type Operation } from '../operation.ts';
import { idPath, nullable } from '../schemas.ts';
import { openApiDocument } from './document.ts';

const shelf = Type.Object({ id: Type.String() }, { title: 'Shelf' });
const book = Type.Object(
  { title: Type.String(), shelf: nullable(shelf), notes: Type.Record(Type.String(), Type.Unknown()) },
  { title: 'Book' },
);

const listBooks = defineOperation({
  operationId: 'listBooks',
  method: 'GET',
  path: '/books',
  tag: 'Books',
  summary: 'Lists books.',
  families: ['beta', 'v1'],
  security: { userAuth: ['idn:book:read'], applicationAuth: ['idn:book:read'] },
  userLevels: [],
  pathParameters: Type.Object({}),
  query: Type.Object({ shelf: Type.String({ description: 'Only of this shelf.' }) }),
  parametersNotServed: Type.Object({ colour: Type.Optional(Type.String()) }),
  collection: { maximumLimit: 50, sorters: ['title'] },
  success: { status: 200, schema: Type.Array(book) },
  errors: [400, 401, 429],
  overrides: { v1: { operationId: 'listBooksV1', security: { userAuth: ['idn:book:manage'] }, deprecated: true } },
  handle: async () => ({ body: [] }),
});

const replaceBook = defineOperation({
  operationId: 'putBook',
  method: 'PUT',
  path: '/books/{id}',
  tag: 'Books',
  summary: 'Replaces a book.',
  families: ['beta'],
  security: { userAuth: [] },
  userLevels: ['ORG_ADMIN'],
  pathParameters: idPath,
  body: { mediaType: 'application/json', schema: book, optional: true },
  success: { status: 204 },
  errors: [],
  handle: async () => ({}),
});

function documentOf(name: string, ...served: readonly Operation[]): ReturnType<typeof openApiDocument> {
  return openApiDocument(families.find((family) => family.name === name) as FamilyLayout, '', served);
}

describe('the OpenAPI document of a family', () => {
  test('has the paths of the family relative to its server', () => {
    const beta = documentOf('beta', listBooks, replaceBook);
    expect(beta.servers).toEqual([{ url: '/beta' }]);
    expect(Object.keys(beta.paths)).toEqual(['/books', '/books/{id}']);
    const v1 = documentOf('v1', listBooks, replaceBook);
    expect(v1.servers).toEqual([{ url: '/' }]);
    expect(Object.keys(v1.paths)).toEqual(['/books/v1']);
  });

  test('applies the overrides', () => {
    expect(documentOf('beta', listBooks).paths['/books']?.['get']).toMatchObject({ operationId: 'listBooks' });
    const inV1 = documentOf('v1', listBooks);
    expect(inV1.paths['/books/v1']?.['get']).toMatchObject({
      operationId: 'listBooksV1',
      deprecated: true,
      security: [{ userAuth: ['idn:book:manage'] }],
    });
    expect(inV1.components.securitySchemes).toMatchObject({
      userAuth: { flows: { clientCredentials: { tokenUrl: '/oauth/token', scopes: { 'idn:book:manage': '' } } } },
    });
  });

  test('has one component for every schema with a title', () => {
    const { components, paths } = documentOf('beta', listBooks, replaceBook);
    expect(Object.keys(components.schemas)).toEqual([
      'Book',
      'ErrorMessageDto',
      'ErrorResponseDto',
      'RateLimitDto',
      'Shelf',
      'UnauthorizedDto',
    ]);
    expect(components.schemas['Book']).toEqual({
      type: 'object',
      required: ['title', 'shelf', 'notes'],
      properties: {
        title: { type: 'string' },
        shelf: { anyOf: [{ $ref: '#/components/schemas/Shelf' }, { type: 'null' }] },
        notes: { type: 'object', additionalProperties: {} },
      },
    });
    expect(paths['/books/{id}']?.['put']?.requestBody).toEqual({
      required: false,
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Book' } } },
    });
  });

  test('lists the implemented parameters of path, query and collection', () => {
    const { paths } = documentOf('beta', listBooks, replaceBook);
    const names = paths['/books']?.['get']?.parameters.map((parameter) => parameter.name);
    expect(names).toEqual(['shelf', 'offset', 'limit', 'count', 'sorters']);
    expect(paths['/books']?.['get']?.parameters[0]).toEqual({
      name: 'shelf',
      in: 'query',
      description: 'Only of this shelf.',
      required: true,
      schema: { type: 'string' },
    });
    expect(paths['/books/{id}']?.['put']?.parameters).toMatchObject([{ name: 'id', in: 'path', required: true }]);
  });

  test('has different bodies for 401 and 429', () => {
    const { components } = documentOf('beta', listBooks);
    const bodies = Object.fromEntries(
      Object.entries(components.responses).map(([status, response]) => [status, JSON.stringify(response)]),
    );
    expect(bodies['400']).toContain('ErrorResponseDto');
    expect(bodies['401']).toContain('UnauthorizedDto');
    expect(bodies['429']).toContain('Retry-After');
  });

  test('rejects two schemas with one title and two operations with one path', () => {
    const other = {
      ...listBooks,
      path: '/other',
      success: { status: 200, schema: Type.Object({}, { title: 'Book' }) },
    };
    expect(() => documentOf('beta', listBooks, other)).toThrow(
      'Two different schemas of one family have the title "Book"',
    );
    expect(() => documentOf('beta', listBooks, listBooks)).toThrow('Two operations have the path GET /books in beta.');
  });
});
