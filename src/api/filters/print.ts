/** Converts a syntax tree to text. */
import type { Literal, Syntax, SyntaxTest } from './syntax.ts';

/** Returns the canonical text of a filter: parsing it results in the same tree, except for the positions. */
export function printSyntax(syntax: Syntax): string {
  switch (syntax.kind) {
    case 'test':
      return printTest(syntax);
    case 'not':
      return `not ${printPart(syntax.condition, syntax.condition.kind === 'and' || syntax.condition.kind === 'or')}`;
    default: {
      // "and" has a higher precedence than "or"; a nested group of the same kind had parentheses.
      const needsParentheses = (part: Syntax): boolean =>
        part.kind === 'or' || (part.kind === 'and' && syntax.kind === 'and');
      return syntax.conditions.map((part) => printPart(part, needsParentheses(part))).join(` ${syntax.kind} `);
    }
  }
}

function printPart(syntax: Syntax, inParentheses: boolean): string {
  return inParentheses ? `(${printSyntax(syntax)})` : printSyntax(syntax);
}

function printTest({ field, operator, values }: SyntaxTest): string {
  switch (operator) {
    case 'pr':
      return `pr ${field}`;
    case 'isnull':
      return `${field} isnull`;
    case 'in':
    case 'ca':
      return `${field} ${operator} (${values.map(printLiteral).join(', ')})`;
    default:
      return `${field} ${operator} ${values.map(printLiteral).join('')}`;
  }
}

function printLiteral({ text, quoted }: Literal): string {
  return quoted ? `"${text.replace(/["\\]/g, '\\$&')}"` : text;
}
