const ABOUT_FILES =
  /\b(?:files?|folders?|director(?:y|ies)|repo(?:sitory)?|projects?|code(?:base)?|readme|list|read|look|show|open|see|find|search|explore|inspect|check|fix|bugs?|tests?|implement|refactor|what is (?:here|in here|there)|tools?|run|do it)\b/i;

/** Whether a task is a reason to look at the folder. Small talk and questions about the assistant are not. */
export function isAboutFiles(task: string): boolean {
  return ABOUT_FILES.test(task);
}
