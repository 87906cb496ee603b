import { Type } from 'typebox';
import { idPath } from '../schemas.ts';

/** The path of a metadata value of an entitlement: the keys of the attribute and the value. */
export const metadataPath = Type.Object({
  ...idPath.properties,
  attributeKey: Type.String({ minLength: 1 }),
  attributeValue: Type.String({ minLength: 1 }),
});
