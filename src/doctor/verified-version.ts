/** The version of Claude Code with which everything was last tried; docs/compatibility.md has the results. */
export const VERIFIED_CLAUDE_CODE = '2.1.330';
