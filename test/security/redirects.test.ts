import { expect } from 'chai';
import { answering } from '../faults/support/answers.ts';
import { casesOn } from '../faults/support/cases.ts';
import { expectRefusal } from '../faults/support/expect-answer.ts';
import { FaultStage } from '../faults/support/fault-stage.ts';
import { whole } from '../faults/support/http-text.ts';
import { send } from '../faults/support/steps.ts';
import { WAYS } from '../faults/support/ways.ts';
import { ask } from './support/ask.ts';
import { BODY } from './support/guarded-stage.ts';

/** Where a provider may want to send us. `PORT` is that of another host. */
const PLACES = [
  'http://127.0.0.1:PORT/v1/messages',
  'http://key@127.0.0.1:PORT/',
  '//127.0.0.1:PORT/',
  'http://localhost:PORT/',
  '/v1/elsewhere',
];

describe('a provider that sends us elsewhere', () => {
  const stage = new FaultStage();
  const add = casesOn(stage);
  for (const { title, dialect, stream } of WAYS)
    for (const status of [302, 307])
      add(`SEC-18: is not followed, and the key stays here: ${status} (${title})`, () => {
        const other = stage.profile({ dialect, script: answering(dialect) });
        const from = PLACES.map((place) =>
          stage.profile({
            dialect,
            script: () => [
              send(
                whole(status, '', {
                  location: place.replace('PORT', String(other.upstream.port)),
                  refresh: '0; url=http://127.0.0.1/',
                }),
              ),
            ],
          }),
        );
        return async () => {
          for (const profile of from) {
            const answer = await profile.ask({ stream });
            expectRefusal(answer, 502, 'api_error');
            expect(answer.headers).not.to.have.any.keys('location', 'refresh');
            const counted = await ask(stage.proxy.port, `/proxy/${profile.name}/v1/messages/count_tokens`, {
              method: 'POST',
              headers: { authorization: `Bearer ${stage.token}`, 'content-type': 'application/json' },
              body: BODY,
            });
            expect(counted.headers).not.to.have.property('location');
            expect(profile.calls.every(({ path }) => !path.includes('elsewhere'))).to.equal(true);
          }
          expect(other.upstream.connections()).to.equal(0);
        };
      });
});
