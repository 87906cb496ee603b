/** The JSON schema keywords that the documents use. */
interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

/**
 * Converts a JSON schema to a TypeScript type; everything is read-only, additional properties are omitted.
 * @param indent the indentation of the line on which the type starts
 */
export function typeText(schema: unknown, indent: string): string {
  const { $ref, type, enum: values, const: only, anyOf, items, properties, required = [] } = schema as JsonSchema;
  if ($ref !== undefined) {
    return $ref.replace('#/components/schemas/', '');
  }
  if (anyOf !== undefined) {
    return [...new Set(anyOf.map((part) => typeText(part, indent)))].join(' | ');
  }
  const allowed = values ?? (only === undefined ? undefined : [only]);
  if (allowed !== undefined) {
    return allowed.map((value) => (typeof value === 'string' ? `'${value}'` : JSON.stringify(value))).join(' | ');
  }
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return type;
    case 'integer':
    case 'number':
      return 'number';
    case 'array': {
      const item = typeText(items ?? {}, indent);
      return / \| /.test(item) && !item.startsWith('{') ? `readonly (${item})[]` : `readonly ${item}[]`;
    }
    case 'object': {
      if (properties === undefined) {
        return 'Readonly<Record<string, unknown>>';
      }
      if (Object.keys(properties).length === 0) {
        return 'Readonly<Record<string, never>>';
      }
      const inner = `${indent}  `;
      const fields = Object.entries(properties).map(([name, field]) => {
        return `${inner}readonly ${keyText(name)}${required.includes(name) ? '' : '?'}: ${typeText(field, inner)};\n`;
      });
      return `{\n${fields.join('')}${indent}}`;
    }
    default:
      return 'unknown';
  }
}

/** Formats a name as the key of a type. */
export function keyText(name: string): string {
  return /^\w+$/.test(name) ? name : `'${name}'`;
}
