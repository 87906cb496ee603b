import { Type } from 'typebox';
import { comesBack, dateTime, identityInput, nullable, oneOf } from '../schemas.ts';

const strict = { additionalProperties: false };

/** WorkgroupDto (contract B.5). The owner is absent if there is none. */
export const workgroup = Type.Object(
  {
    owner: Type.Optional(
      Type.Object(
        {
          type: oneOf(['IDENTITY']),
          id: Type.String(),
          name: Type.String(),
          displayName: Type.String(),
          emailAddress: Type.Optional(Type.String()),
        },
        strict,
      ),
    ),
    id: Type.String(),
    name: Type.String(),
    description: Type.Optional(Type.String()),
    memberCount: Type.Integer(),
    connectionCount: Type.Integer(),
    created: dateTime,
    modified: dateTime,
  },
  { ...strict, title: 'WorkgroupDto' },
);

const countComesBack = Type.Optional(nullable(Type.Integer()));

/** The patchable fields. Null and absent mean the same. */
export const patchableWorkgroup = {
  schema: Type.Object({
    name: Type.String(),
    description: Type.Optional(nullable(Type.String())),
    owner: Type.Optional(
      nullable(Type.Object({ ...identityInput.properties, displayName: comesBack, emailAddress: comesBack }, strict)),
    ),
  }),
};

/** A group in requests. */
export const workgroupInput = Type.Object(
  {
    id: comesBack,
    ...patchableWorkgroup.schema.properties,
    memberCount: countComesBack,
    connectionCount: countComesBack,
    created: comesBack,
    modified: comesBack,
  },
  { ...strict, title: 'WorkgroupInput' },
);

/** How many members one request may add or remove. */
const mostMembers = 250;

/** The members to add or remove. */
export const membersInput = Type.Array(identityInput, { maxItems: mostMembers, title: 'BulkWorkgroupMembersRequest' });

/** What happened to each item of a request for many, with a status of HTTP. */
export function itemResults(title: string) {
  return Type.Array(
    Type.Object({ id: Type.String(), status: Type.Integer(), description: Type.String() }, { ...strict, title }),
  );
}

/** The `{workgroupId}` of a path. */
export const workgroupPath = Type.Object({ workgroupId: Type.String({ minLength: 1 }) });
