import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ROOT } from '../support/source-files.ts';
import { answering } from './support/answers.ts';
import { casesOn } from './support/cases.ts';
import { errorOf } from './support/check-answer.ts';
import { attemptsOf, expectContent, expectRefusal } from './support/expect-answer.ts';
import { FaultStage } from './support/fault-stage.ts';
import type { KeyPair } from './support/raw-upstream.ts';
import { WAYS } from './support/ways.ts';

const FOLDER = join(ROOT, 'test/support/certificates');

function pairOf(name: string): KeyPair {
  return {
    cert: readFileSync(join(FOLDER, `${name}.pem`), 'utf8'),
    key: readFileSync(join(FOLDER, 'server.key'), 'utf8'),
  };
}

describe('R3: a provider whose certificate', () => {
  const environment = { NODE_EXTRA_CA_CERTS: join(FOLDER, 'authority.pem') };
  const stage = new FaultStage({}, { environment });
  const add = casesOn(stage);

  for (const { title, dialect, stream } of WAYS) {
    add(`comes from an authority in NODE_EXTRA_CA_CERTS is trusted (${title})`, () => {
      const profile = stage.profile({ dialect, script: answering(dialect), certificate: pairOf('loopback') });
      return async () => expectContent(await profile.ask({ stream }));
    });

    for (const [what, name, problem] of [
      ['has expired', 'expired', /expired/i],
      ['is for another host', 'elsewhere', /name|host|altname/i],
      ['signs itself', 'self-signed', /self.signed/i],
    ] as const) {
      add(`${what} is asked nothing, and the client is told what to do (${title})`, () => {
        const profile = stage.profile({ dialect, script: answering(dialect), certificate: pairOf(name) });
        return async () => {
          const answer = await profile.ask({ stream });
          expectRefusal(answer, 502, 'api_error');
          expect(errorOf(answer).error.message).to.match(problem);
          if (name === 'self-signed') expect(errorOf(answer).error.message).to.include('NODE_EXTRA_CA_CERTS');
          expect(attemptsOf(answer)).to.equal(1);
          expect(profile.calls).to.have.lengthOf(0);
          expect(profile.upstream.connections()).to.be.at.most(1);
        };
      });

      add(`${what} is replaced by its backup (${title})`, () => {
        const backup = stage.profile({ dialect, script: answering(dialect) });
        const script = answering(dialect);
        const primary = stage.profile({ dialect, script, certificate: pairOf(name), backups: [backup] });
        return async () => {
          expectContent(await primary.ask({ stream }));
          expect(primary.calls).to.have.lengthOf(0);
        };
      });
    }

    add(`is none, because it speaks without TLS, is asked nothing in the clear (${title})`, () => {
      const profile = stage.profile({
        dialect,
        script: answering(dialect),
        address: (port) => `https://127.0.0.1:${port}`,
        settings: { timeouts: { connect_s: 0.5 } },
      });
      return async () => {
        expect([502, 504]).to.include((await profile.ask({ stream })).status);
        expect(profile.calls).to.have.lengthOf(0);
      };
    });
  }
});
