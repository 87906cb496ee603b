import { shortened } from '../../error-text.ts';
import { illegalValue } from '../../errors.ts';
import type { ConnectorAttributes } from '../connector.ts';
import { settingDefinitions } from './settings.ts';

const prefix = 'group.';
const names = settingDefinitions.map(({ name }) => name);

/** A name that is so few letters away from a setting is taken for a slip. */
const mostSlips = 2;

/**
 * Refuses `group.` attributes that are nearly a setting, as `group.delimeter`: kept in silence, the files would be
 * read otherwise than somebody meant. Others are let be: sources brought from elsewhere carry many.
 * Throws `illegalValue` that names the attribute and the setting.
 */
export function refuseMisspelt(connectorAttributes: ConnectorAttributes): void {
  for (const attribute of Object.keys(connectorAttributes)) {
    const name = attribute.slice(prefix.length);
    const meant = isOfGroups(attribute) ? names.find((known) => isSlipOf(known, name)) : undefined;
    if (meant !== undefined && attribute !== prefix + meant) {
      throw illegalValue(`connectorAttributes "${shortened(attribute)}" is not a setting. Write "${prefix}${meant}".`);
    }
  }
}

function isOfGroups(attribute: string): boolean {
  return attribute.slice(0, prefix.length).toLowerCase() === prefix;
}

function isSlipOf(known: string, name: string): boolean {
  const [from, to] = [known.toLowerCase(), name.toLowerCase()];
  return Math.abs(from.length - to.length) <= mostSlips && distance(from, to) <= mostSlips;
}

/** How many letters have to be put in, left out or changed to get from one text to the other (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= to.length; column++) {
      const left = next[column - 1] ?? 0;
      const above = row[column] ?? 0;
      const before = row[column - 1] ?? 0;
      next.push(Math.min(left + 1, above + 1, before + (to[column - 1] === letter ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
