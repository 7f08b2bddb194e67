import { expect } from 'chai';
import { answering, complete } from './support/answers.ts';
import type { Script } from './support/call.ts';
import { casesOn } from './support/cases.ts';
import { messages } from './support/dialects/messages.ts';
import { expectContent } from './support/expect-answer.ts';
import { FaultStage } from './support/fault-stage.ts';
import { head, whole } from './support/http-text.ts';
import { startRawUpstream, type RawUpstream } from './support/raw-upstream.ts';
import { send } from './support/steps.ts';
import { DIALECTS, type Way, WAYS } from './support/ways.ts';

const REFUSED_HOST = 'refused.provider.invalid';
const USER = 'proxy-user';

/** Who is asked for, through a tunnel or not. */
function hostOf(path: string): string {
  return URL.canParse(path) && path.startsWith('http') ? new URL(path).hostname : path.replace(/:\d+$/, '');
}

/** A proxy of the network that lets calls through to any provider but one: it answers in their place. */
const networkProxy: Script = (call) => {
  const isTunnel = call.method === 'CONNECT';
  const host = isTunnel ? hostOf(call.path) : call.path.startsWith('http') ? hostOf(call.path) : '';
  if (host === REFUSED_HOST) return [send(whole(403, 'not from here', { 'content-type': 'text/plain' }))];
  if (isTunnel) return [send(head(200))];
  const dialect = DIALECTS.find((each) => call.headers['x-dialect'] === each.providerType) ?? messages;
  return complete(dialect, call);
};

describe('R30: a proxy of the network', () => {
  let network: RawUpstream;
  const environment: { [name: string]: string } = {};
  const stage = new FaultStage({}, { environment });
  before(async () => {
    network = await startRawUpstream(networkProxy);
    const address = `http://${USER}:${stage.secret}@127.0.0.1:${network.port}`;
    Object.assign(environment, { HTTP_PROXY: address, HTTPS_PROXY: address, NO_PROXY: 'direct.invalid' });
  });
  after(() => network.close());
  const add = casesOn(stage);
  const seen = (host: string) => network.calls.filter(({ path }) => hostOf(path) === host);

  for (const [index, way] of WAYS.entries()) {
    const { title, dialect, stream } = way;
    add(`is used, with its password (${title})`, () => {
      const host = `provider-${index}.invalid`;
      const profile = stage.profile({ ...planFor(way), address: () => `http://${host}` });
      return async () => {
        expectContent(await profile.ask({ stream }));
        const [call] = seen(host);
        const password = Buffer.from(`${USER}:${stage.secret}`).toString('base64');
        expect(call?.headers['proxy-authorization']).to.equal(`Basic ${password}`);
      };
    });

    add(`never sees calls to this machine (${title})`, () => {
      const profile = stage.profile({ dialect, script: answering(dialect) });
      return async () => {
        expectContent(await profile.ask({ stream }));
        expect(profile.calls).to.have.lengthOf(1);
        expect(seen('127.0.0.1')).to.have.lengthOf(0);
      };
    });
  }

  for (const dialect of DIALECTS) {
    add(`that refuses is a failure like any other, and a backup helps (${dialect.title})`, () => {
      const backup = stage.profile({ dialect, script: answering(dialect) });
      const plan = { dialect, script: answering(dialect), address: () => `https://${REFUSED_HOST}` };
      const primary = stage.profile({ ...plan, backups: [backup] });
      const alone = stage.profile(plan);
      return async () => {
        expectContent(await primary.ask());
        expect([502, 529]).to.include((await alone.ask()).status);
      };
    });

    add(`is left out for hosts of NO_PROXY (${dialect.title})`, () => {
      const script = answering(dialect);
      const profile = stage.profile({ dialect, script, address: () => 'http://direct.invalid' });
      return async () => {
        expect((await profile.ask()).status).to.equal(502);
        expect(seen('direct.invalid')).to.have.lengthOf(0);
      };
    });
  }
});

function planFor({ dialect }: Way) {
  const settings = { custom_headers: { 'x-dialect': dialect.providerType } };
  return { dialect, script: answering(dialect), settings };
}
