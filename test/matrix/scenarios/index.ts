import { brokenStream } from './broken-stream.ts';
import { compaction } from './compaction.ts';
import { imageInResult } from './image-in-result.ts';
import { parallelTools } from './parallel-tools.ts';
import { resumedSession } from './resumed-session.ts';
import { subAgent } from './sub-agent.ts';
import { text } from './text.ts';
import { thinking } from './thinking.ts';
import { titleCall } from './title-call.ts';
import { toolLoop } from './tool-loop.ts';
import { toolSearch } from './tool-search.ts';
import { webSearch } from './web-search.ts';
import type { Scenario } from '../support/scenario.ts';

/** The rows of the table. */
export const SCENARIOS: readonly Scenario[] = [
  text,
  toolLoop,
  parallelTools,
  imageInResult,
  resumedSession,
  thinking,
  titleCall,
  subAgent,
  toolSearch,
  webSearch,
  compaction,
  brokenStream,
];
