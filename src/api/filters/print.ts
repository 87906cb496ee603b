/** Syntax tree → text. */
import type { Literal, Syntax, SyntaxTest } from './syntax.ts';

/** The canonical text of a filter: parsing it gives the same tree again (but for the places in the text). */
export function printSyntax(syntax: Syntax): string {
  switch (syntax.kind) {
    case 'test':
      return printTest(syntax);
    case 'not':
      return `not ${printPart(syntax.condition, syntax.condition.kind === 'and' || syntax.condition.kind === 'or')}`;
    default: {
      // An "and" binds closer than an "or"; a group of its own kind is a group because of its parentheses.
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
