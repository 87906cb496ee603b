import { Type } from 'typebox';
import { contractTypes } from '../../domain/tags/tagged-objects.ts';
import type { Collection } from '../operation.ts';
import { comesBack, dateTime, nullable, oneOf } from '../schemas.ts';

const type = oneOf(contractTypes);
const strict = { additionalProperties: false };

/** A tag in responses. */
export const tag = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    created: dateTime,
    modified: dateTime,
    tagCategoryRefs: Type.Array(
      Type.Object({ type, id: Type.String(), name: Type.String() }, { ...strict, title: 'TagCategoryRef' }),
      { description: 'Always empty: tags have no categories.' },
    ),
  },
  { ...strict, title: 'Tag' },
);

/** A tag in requests. */
export const tagInput = Type.Object(
  {
    id: comesBack,
    name: Type.String(),
    created: comesBack,
    modified: comesBack,
    tagCategoryRefs: Type.Optional(nullable(Type.Array(Type.Unknown(), { maxItems: 0 }))),
  },
  { ...strict, title: 'TagInput' },
);

/** A reference to an object that can have tags. */
export const objectRef = Type.Object(
  { type, id: Type.String(), name: nullable(Type.String()) },
  { ...strict, title: 'TaggedObjectDto' },
);

const objectRefInput = Type.Object(
  { type, id: Type.String({ minLength: 1 }), name: comesBack },
  { ...strict, title: 'TaggedObjectDtoInput' },
);

const tags = Type.Array(Type.String(), { description: 'The names of tags.' });

export const taggedObject = Type.Object({ objectRef, tags }, { ...strict, title: 'TaggedObject' });

export const taggedObjectInput = Type.Object(
  { objectRef: objectRefInput, tags },
  { ...strict, title: 'TaggedObjectInput' },
);

export const taggedObjectUpdate = Type.Object(
  {
    objectRef: Type.Optional(
      nullable(Type.Object({ type: Type.Optional(type), id: comesBack, name: comesBack }, strict)),
    ),
    tags,
  },
  { ...strict, title: 'TaggedObjectUpdate' },
);

const objectRefs = Type.Array(objectRefInput);

export const bulkAddition = Type.Object(
  {
    objectRefs,
    tags,
    operation: Type.Optional(
      oneOf(['APPEND', 'MERGE'], {
        default: 'APPEND',
        description: 'What a tag means that an object already has: with APPEND an error, with MERGE nothing.',
      }),
    ),
  },
  { ...strict, title: 'BulkAddTaggedObject' },
);

/** The same in beta, as it is returned. */
export const bulkAdditionBeta = Type.Object(
  { objectRefs: Type.Array(objectRef), tags, operation: oneOf(['APPEND', 'MERGE']) },
  { ...strict, title: 'BulkTaggedObject' },
);

export const bulkRemoval = Type.Object({ objectRefs, tags }, { ...strict, title: 'BulkRemoveTaggedObject' });

/** In beta, the body of an addition is also that of a removal, and clients send the default of `operation`. */
export const bulkRemovalBeta = Type.Object(
  {
    objectRefs,
    tags,
    operation: Type.Optional(
      oneOf(['APPEND', 'MERGE'], { description: 'Makes no difference: a removal is the same with both.' }),
    ),
  },
  { ...strict, title: 'BulkTaggedObjectRemoval' },
);

export const bulkResult = Type.Object(
  { objectRefs: Type.Array(objectRef), tags },
  { ...strict, title: 'BulkTaggedObjectResponse' },
);

/** The `{type}` and `{id}` of a path. */
export const objectPath = Type.Object({ type, id: Type.String({ minLength: 1 }) });
export const typePath = Type.Object({ type });

/** Both lists of tagged objects (contract B.9). */
export const taggedObjectCollection: Collection = {
  filters: {
    'objectRef.id': { type: 'id', operators: ['eq', 'in'] },
    'objectRef.type': { type: 'string', operators: ['eq', 'in'] },
    tagName: { type: 'string', operators: ['eq', 'in'] },
  },
  maximumLimit: 250,
  sourceField: 'sourceId',
};
