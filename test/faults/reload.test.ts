import { writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import { waitUntil } from '../support/wait-until.ts';
import { complete, sendEvents } from './support/answers.ts';
import type { Script } from './support/call.ts';
import { EVERYTHING } from './support/dialects/dialect.ts';
import { expectContent } from './support/expect-answer.ts';
import { FaultStage } from './support/fault-stage.ts';
import { chunk, LAST_CHUNK } from './support/http-text.ts';
import { send, until } from './support/steps.ts';
import { DIALECTS } from './support/ways.ts';

/** Files that are no configuration, and what is said of them. */
const BROKEN: readonly (readonly [what: string, text: string | Uint8Array])[] = [
  ['half a line', 'proxy_port = \n'],
  ['a wrong type', 'proxy_max_streams = "many"\n'],
  ['an unknown key', 'proxy_prot = 1\n'],
  ['zero bytes of a table', '[[profiles]]\nname = "lonely"\n'],
  ['bytes that are no text', Uint8Array.of(0xff, 0xfe, 0x00, 0x41, 0x00)],
];

describe('R34: a configuration that changes while answers run', () => {
  let release = Promise.withResolvers<void>();
  const stage = new FaultStage();
  const events = (index: number): readonly string[] => DIALECTS[index]?.events(EVERYTHING) ?? [];
  const profiles = DIALECTS.map((dialect, index) => {
    const script: Script = (call) =>
      call.body.stream === true
        ? [
            ...sendEvents(events(index).slice(0, 7)),
            until(release.promise),
            ...events(index)
              .slice(7)
              .map((event) => send(chunk(event))),
            send(LAST_CHUNK),
          ]
        : complete(dialect, call);
    return stage.profile({ dialect, script });
  });
  before(() => stage.start());
  after(() => stage.close());

  const problem = async (): Promise<unknown> =>
    ((await stage.status())['configuration'] as { readonly problem?: unknown }).problem ?? undefined;
  const rewrite = (text: string | Uint8Array): Promise<void> => writeFile(stage.proxy.home.configFile, text);
  const modelOf = (n: number): string => `changed-model-${n}`;

  it('changes what begins afterwards and nothing that runs', async () => {
    for (let round = 1; round <= 3; round += 1) {
      release = Promise.withResolvers<void>();
      const running = profiles.map((profile) => profile.begin());
      await Promise.all(running.map(({ head }) => head));
      const counts = profiles.map(({ calls }) => calls.length);
      await rewrite(stage.config({ model_aliases: { scripted: modelOf(round) } }));
      for (const [index, profile] of profiles.entries()) {
        await waitUntil(
          'the new configuration',
          async () => {
            expectContent(await profile.ask({ stream: false }));
            return profile.calls.at(-1)?.body.model === modelOf(round);
          },
          15_000,
        );
        expect(profile.calls.slice(0, counts[index]).at(-1)?.body.model).not.to.equal(modelOf(round));
      }
      release.resolve();
      for (const { answer } of running) expectContent(await answer);
    }
  });

  for (const [what, text] of BROKEN)
    it(`R27: keeps the last good one when the file is broken, and says so: ${what}`, async () => {
      await rewrite(text);
      const said = await waitUntil('the problem to be told', problem, 15_000);
      expect(JSON.stringify(said)).to.include('config.toml');
      for (const profile of profiles) expectContent(await profile.ask({ stream: false }));
      await rewrite(stage.config());
      await waitUntil('the problem to be gone', async () => (await problem()) === undefined, 15_000);
    });
});
