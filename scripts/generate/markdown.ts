/** Formats a Markdown table. Bars in cells are escaped; line breaks become spaces. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ')).join(' | ')} |`;
  return [line(headings), line(headings.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Formats a generated page: its title, a note that it is generated, and its parts separated by blank lines. */
export function page(title: string, source: string, ...parts: readonly string[]): string {
  const note = `<!-- Generated from ${source} by "npm run generate". Do not edit. -->`;
  return `${[`# ${title}`, note, ...parts].join('\n\n')}\n`;
}
