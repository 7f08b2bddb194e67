import type { ClientTool, JsonObject, SchemaDialect } from '../../index.ts';
import type { LossLog } from '../loss-log.ts';
import { adaptSchema } from '../schema/adapt-schema.ts';

/** What a provider makes of one tool. */
interface ToolTerms {
  readonly dialect: SchemaDialect;
  /** The provider has refused this tool before. */
  readonly isRefused: boolean;
}

/** Names of this form can stand in a reason; any other could hold what the user wrote. */
const PLAIN_NAME = /^[\w.:-]{1,128}$/;

/**
 * The schema of a tool as a provider takes it. One bad schema must not end the session: `undefined` for a tool that has to
 * be left out, and the loss names it.
 */
export function toolSchema(
  tool: ClientTool,
  { dialect, isRefused }: ToolTerms,
  path: string,
  losses: LossLog,
): JsonObject | undefined {
  const called = PLAIN_NAME.test(tool.name) ? tool.name : `at ${path}`;
  if (isRefused) {
    losses.dropped(path, 'quarantined_tool', `The tool ${called} is left out, because the provider refused it.`);
    return undefined;
  }
  const adapted = adaptSchema(tool.input_schema, dialect);
  if ('problem' in adapted) {
    losses.dropped(path, 'quarantined_tool', `The tool ${called} is left out: ${adapted.problem}.`);
    return undefined;
  }
  const { schema, changes } = adapted;
  if (changes.length > 0) {
    const places = changes.length === 1 ? 'one place' : `${changes.length} places`;
    const reason = `The schema of the tool ${called} was cut down in ${places} to what this provider takes.`;
    losses.adjusted(`${path}.input_schema`, 'tool_schema', reason);
  }
  return schema;
}
