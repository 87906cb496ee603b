import type { TSchema } from 'typebox';

/** The named schemas of one OpenAPI document: those with a `title` in the operations' schemas. */
export class Components {
  readonly #schemas = new Map<string, string>();

  /**
   * Returns the schema for the document: every schema with a title becomes a component and is referenced.
   * @throws if two different schemas have the same title
   */
  schema(schema: TSchema): object {
    return this.#convert(JSON.parse(JSON.stringify(schema))) as object;
  }

  /** Returns all components, ordered by name. */
  all(): Record<string, unknown> {
    const names = [...this.#schemas.keys()].toSorted();
    return Object.fromEntries(names.map((name) => [name, JSON.parse(this.#schemas.get(name) ?? '{}')]));
  }

  #convert(value: unknown): unknown {
    if (Array.isArray(value)) {
      return value.map((item) => this.#convert(item));
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    const { title, ...rest } = value as Record<string, unknown>;
    if (typeof title !== 'string') {
      return this.#convertMembers(value as Record<string, unknown>);
    }
    this.#add(title, JSON.stringify(this.#convertMembers(rest)));
    return { $ref: `#/components/schemas/${title}` };
  }

  #convertMembers(schema: Record<string, unknown>): Record<string, unknown> {
    const members = Object.entries(schema).map(([name, member]): [string, unknown] => {
      // Values, not schemas: they may be objects with a "title".
      const isData = name === 'default' || name === 'const' || name === 'enum' || name === 'examples';
      return [name, isData ? member : this.#convert(member)];
    });
    const converted = Object.fromEntries(members);
    // A map is written as `additionalProperties`, which every generator supports.
    const patterns = converted['patternProperties'] as Record<string, unknown> | undefined;
    const ofAnyName = patterns?.['^.*$'];
    if (ofAnyName !== undefined && Object.keys(patterns ?? {}).length === 1) {
      delete converted['patternProperties'];
      converted['additionalProperties'] = ofAnyName;
    }
    return converted;
  }

  #add(name: string, schema: string): void {
    if (!/^[\w.-]+$/.test(name)) {
      throw new Error(
        `The schema title "${name}" is not a valid component name: use letters, digits, ".", "_" and "-".`,
      );
    }
    const known = this.#schemas.get(name);
    if (known !== undefined && known !== schema) {
      throw new Error(`Two different schemas of one family have the title "${name}":\n${known}\n${schema}`);
    }
    this.#schemas.set(name, schema);
  }
}
