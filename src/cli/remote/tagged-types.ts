/** The types of objects that can have tags. */
export const objectTypes = ['ENTITLEMENT', 'IDENTITY', 'SOURCE'] as const;
