import { expect } from 'chai';
import type { SseEvent } from '@claudex/sdk';
import { blocksOf, lossesOf } from './support/decode.ts';
import { added, completed, done, event } from './support/events.ts';

const SHELL = { type: 'shell_call', call_id: 's', action: { commands: [], timeout_ms: 5 } };

function command(step: string, index: number, words: string): SseEvent {
  const fields = { output_index: 0, command_index: index, [step === 'delta' ? 'delta' : 'command']: words };
  return event(`response.shell_call_command.${step}`, fields);
}

function over(...commands: string[]): SseEvent {
  return done(0, { ...SHELL, action: { commands, timeout_ms: 5 } });
}

function commandsOf(...events: SseEvent[]): unknown {
  const [block] = blocksOf([added(0, SHELL), ...events]);
  return block?.type === 'tool_use' && block.input['timeout_ms'] === 5 ? block.input['commands'] : block;
}

function featuresOf(...events: SseEvent[]): string[] {
  return lossesOf([added(0, SHELL), ...events, completed()]).map(({ feature }) => feature);
}

describe('commands of a shell whose places are odd', () => {
  it('are not lost where the first place is missing or below zero', () => {
    for (const index of [1, -1, 0.5]) {
      expect(commandsOf(command('delta', index, 'l'), command('delta', index, 's'))).to.deep.equal(['ls']);
      expect(commandsOf(command('delta', index, 'ls'), over('ls'))).to.deep.equal(['ls']);
    }
    expect(commandsOf(command('delta', 2, 'b'), command('delta', 0, 'a'))).to.deep.equal(['a', 'b']);
    expect(commandsOf(command('delta', -1, 'b'), command('delta', 0, 'a'))).to.deep.equal(['a', 'b']);
  });

  it('are completed by the finished item', () => {
    expect(commandsOf(command('delta', 0, 'l'), over('ls', 'pwd'))).to.deep.equal(['ls', 'pwd']);
    expect(commandsOf(command('delta', 0, 'l'), command('done', 0, 'ls'), over('ls'))).to.deep.equal(['ls']);
    expect(commandsOf(command('delta', 0, 'a'), command('delta', 2, 'c'), over('a', 'b', 'c'))).to.deep.equal([
      'a',
      'b',
      'c',
    ]);
    expect(featuresOf(command('delta', 0, 'l'), over('ls', 'pwd'))).to.deep.equal([]);
  });

  it('stay as they were where the provider says something else later', () => {
    const ended = [command('delta', 0, 'ls'), command('done', 0, 'ls')];
    expect(commandsOf(...ended, command('delta', 0, 'rm'))).to.deep.equal(['ls']);
    expect(commandsOf(command('delta', 0, 'ls'), over('pwd'))).to.deep.equal(['ls']);
    for (const stream of [
      [...ended, command('delta', 0, 'rm')],
      [command('delta', 0, 'ls'), over('pwd')],
      [command('delta', 3, 'ls'), over('pwd')],
    ])
      expect(featuresOf(...stream)).to.deep.equal(['repeated_text']);
  });
});
