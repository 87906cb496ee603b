import type { Command } from 'commander';
import { addConnection, idArgument, running } from './shared.ts';

/** Adds the commands that assign entitlements to segments. */
export function addAssignmentCommands(segments: Command): void {
  for (const [verb, description] of [
    ['assign', 'Assign entitlements to a segment.'],
    ['unassign', 'Remove entitlements from a segment.'],
  ] as const) {
    addConnection(segments.command(verb).description(description))
      .argument('<segment>', 'Its id.', idArgument)
      .argument('<entitlements...>', 'The ids of the entitlements.')
      .action(running(async () => (await import('../segment-assignments.ts')).updateAssignments.bind(null, verb)));
  }
}
