const HELLO = 'Hello! I am the demo provider of Claudex: a script that runs on this machine, not a model.';
const CANNOT = 'I have no answers of my own, so I cannot help with that.';
const OFFER = 'Ask me to look at the files in this folder and I will use the tools that Claude Code offers me.';

/** What the assistant says when there is nothing to look up. */
export function greeting(task: string): string {
  const isSmallTalk =
    task === '' ||
    /^\W*(?:hi|hello|hey|good (?:morning|evening|day)|thanks?|thank you|who are you|what are you)\b/i.test(task);
  return isSmallTalk ? `${HELLO} ${OFFER}` : `${HELLO} ${CANNOT} ${OFFER}`;
}

/** What became of the tool calls: there were none, none gave anything, or some ran. */
type ToolUse = 'none' | 'in-vain' | 'ran';

const TOOL_STEPS: { readonly [Use in ToolUse]: readonly string[] } = {
  none: [],
  'in-vain': [
    'I answered with a tool call; Claudex translated it back, and Claude Code told me that nothing came of it.',
  ],
  ran: [
    'I answered with tool calls; Claudex translated them back, and Claude Code ran the tools here and sent me the results.',
  ],
};

/** What just happened, from the user's keyboard to this script and back. */
export function explanation(toolUse: ToolUse): string {
  const steps = [
    'Claude Code sent your words to the Claudex proxy, in the format of Anthropic Messages.',
    'Claudex translated them into Chat Completions, the format of OpenAI, and sent them to me.',
    ...TOOL_STEPS[toolUse],
    'This answer goes back the same way. A real provider would stand exactly where I stand.',
  ];
  return ['What just happened:', ...steps.map((step, index) => `${index + 1}. ${step}`)].join('\n');
}
