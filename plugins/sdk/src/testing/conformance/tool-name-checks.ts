import { isJsonObject, type CodecContext, type ContentBlock, type Json, type JsonObject } from '../../index.ts';
import { assembleMessage } from '../assemble-message.ts';
import { requestOf, tool } from '../builders.ts';
import { isComplete } from '../grammar.ts';
import { changedStrings } from './call-id-checks.ts';
import { demandNone, type CheckGroup, type Subject } from './check.ts';
import { decode, sampleExchange } from './decoding.ts';
import { ODD_NAMES } from './odd-values.ts';
import { exchangeOf } from './random-request.ts';
import { mapStrings } from './strings-of.ts';

/** A sample with a call in it, which can be read with that tool under another name. */
interface CallSample {
  /** The name in the sample. */
  readonly name: string;
  readonly namesWith: (wireName: string, context: CodecContext) => string[];
}

/** Checks that the client gets back the names it gave its tools, whatever they are called on the wire. */
export function toolNameChecks(subject: Subject): CheckGroup {
  const title = 'the names of tools';
  const samples = callSamples(subject).filter(isRenamable);
  const [sample] = samples;
  if (sample === undefined) {
    return {
      title,
      checks: [],
      unchecked: ['the names of tools, because no complete sample has a call whose name stands in one string'],
    };
  }
  return {
    title,
    unchecked: [],
    checks: [
      {
        title: 'come back as the client gave them, also where the wire has others',
        run: () =>
          demandNone(ODD_NAMES.flatMap((name) => samples.flatMap((each) => nameProblems(subject, name, each)))),
      },
    ],
  };
}

function nameProblems({ protocol, quirks }: Subject, name: string, sample: CallSample): string[] {
  return quirks.flatMap((entries) => {
    const contextWith = (replacement: string): CodecContext => {
      const names = ODD_NAMES.map((each) => (each === name ? replacement : each));
      return exchangeOf(requestOf({ tools: names.map((each) => tool(each)) }), entries);
    };
    const context = contextWith(name);
    const { body } = protocol.encodeRequest(context);
    const candidates = changedStrings(body, protocol.encodeRequest(contextWith('varied')).body);
    if (candidates.some((wireName) => sample.namesWith(wireName, context).includes(name))) return [];
    return [`the tool ${JSON.stringify(name)} does not come back from ${JSON.stringify(candidates)}`];
  });
}

function isRenamable(sample: CallSample): boolean {
  return sample.name !== 'renamed' && sample.namesWith('renamed', exchangeOf(requestOf(), {})).includes('renamed');
}

function callSamples(subject: Subject): CallSample[] {
  const { protocol, streams, answers } = subject;
  const streamed = streams.flatMap((events) => {
    const decoded = decode(subject, events);
    if (!isComplete(decoded)) return [];
    return namesOf(assembleMessage(decoded).content).map((name) => ({
      name,
      namesWith: (wireName: string, context: CodecContext) => {
        const renamed = events.map((event) => ({ ...event, data: renameInText(event.data, name, wireName) }));
        const again = decode(subject, renamed, context);
        return isComplete(again) ? namesOf(assembleMessage(again).content) : [];
      },
    }));
  });
  const whole = answers.flatMap((body) => {
    const contentWith = (changed: JsonObject, context: CodecContext): readonly ContentBlock[] => {
      const decoded = protocol.decodeResponse(changed, context);
      return 'response' in decoded ? decoded.response.content : [];
    };
    return namesOf(contentWith(body, sampleExchange(subject))).map((name) => ({
      name,
      namesWith: (wireName: string, context: CodecContext) => {
        const renamed = rename(body, name, wireName);
        return isJsonObject(renamed) ? namesOf(contentWith(renamed, context)) : [];
      },
    }));
  });
  return [...streamed, ...whole];
}

function namesOf(content: readonly ContentBlock[]): string[] {
  return content.flatMap((block) => (block.type === 'tool_use' ? [block.name] : []));
}

function rename(value: Json, name: string, wireName: string): Json {
  return mapStrings(value, (text) => (text === name ? wireName : text));
}

function renameInText(data: string, name: string, wireName: string): string {
  try {
    return JSON.stringify(rename(JSON.parse(data) as Json, name, wireName));
  } catch {
    return data;
  }
}
