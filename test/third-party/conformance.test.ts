import { conformance } from '@claudex/sdk/testing';
import { toyLines } from './fixture-protocol/index.js';
import { FAILURE, PLAIN, TOOL_CALL, toyEvents, toyStream } from './support/toy-answers.ts';

conformance(toyLines, {
  streams: [toyEvents(TOOL_CALL), toyStream(PLAIN), toyStream(FAILURE)],
  answers: [{ pieces: [...TOOL_CALL] }],
  failures: [{ status: 429, headers: { 'retry-after': '7' }, body: '{"message":"Slow down."}' }],
});
