import type { TSchema } from 'typebox';

/** The schemas of one OpenAPI document that have a name: `title` in the operations' schemas. */
export class Components {
  readonly #schemas = new Map<string, string>();

  /**
   * The schema as it stands in the document: every schema with a title becomes a component and is referred to.
   * @throws when two different schemas have the same title, as one component cannot be both
   */
  schema(schema: TSchema): object {
    return this.#convert(JSON.parse(JSON.stringify(schema))) as object;
  }

  /** All components by name, in order of name. */
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
      // Values, not schemas: an object among them may well have a "title".
      const isData = name === 'default' || name === 'const' || name === 'enum' || name === 'examples';
      return [name, isData ? member : this.#convert(member)];
    });
    const converted = Object.fromEntries(members);
    // A map from any name is written as `additionalProperties`, which every generator understands.
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
        `The title "${name}" of a schema is no name for an OpenAPI component: letters, digits, . _ - only.`,
      );
    }
    const known = this.#schemas.get(name);
    if (known !== undefined && known !== schema) {
      throw new Error(`Two different schemas have the title "${name}" in one family:\n${known}\n${schema}`);
    }
    this.#schemas.set(name, schema);
  }
}
