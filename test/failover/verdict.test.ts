import { expect } from 'chai';
import { isRetryableFault, type Fault, type FaultKind } from '@claudex/sdk';
import { judge, OUR_BUG, OVER_OUR_LIMIT, PROXY_STOPS } from '../../src/failover/index.ts';

type Row = readonly [here: boolean, elsewhere: string, circuit: string];

/** Every kind, as it stands alone: adding one to the contract needs a row here. */
const KINDS = {
  'rate-limit': [true, 'any', 'refuse'],
  overloaded: [true, 'any', 'fail'],
  server: [true, 'any', 'fail'],
  timeout: [true, 'any', 'fail'],
  connection: [true, 'any', 'fail'],
  protocol: [true, 'any', 'fail'],
  'refused-redirect': [false, 'any', 'fail'],
  billing: [false, 'any', 'refuse'],
  'not-found': [false, 'any', 'refuse'],
  authentication: [false, 'other-credential', 'refuse'],
  'context-overflow': [false, 'larger-window', 'refuse'],
  permission: [false, 'none', 'refuse'],
  'too-large': [false, 'none', 'refuse'],
  'invalid-request': [false, 'none', 'refuse'],
  aborted: [false, 'none', 'abandon'],
} as const satisfies Record<FaultKind, Row>;

/** Those that a status or a code makes another one. */
const SPECIAL: readonly [title: string, fault: Partial<Fault> & { kind: FaultKind }, row: Row][] = [
  ['408', { kind: 'timeout', status: 408 }, [true, 'any', 'refuse']],
  ['409', { kind: 'invalid-request', status: 409, retryable: true }, [true, 'any', 'refuse']],
  ['409 that a protocol takes for final', { kind: 'invalid-request', status: 409 }, [true, 'any', 'refuse']],
  ['425', { kind: 'invalid-request', status: 425, retryable: true }, [true, 'any', 'refuse']],
  ['422', { kind: 'invalid-request', status: 422 }, [false, 'none', 'refuse']],
  ['an overload told by 429', { kind: 'overloaded', status: 429 }, [true, 'any', 'refuse']],
  ['504', { kind: 'timeout', status: 504 }, [true, 'any', 'fail']],
  ['a certificate', { kind: 'connection', retryable: false }, [false, 'any', 'fail']],
  ['a limit of ours', { kind: 'protocol', code: OVER_OUR_LIMIT }, [false, 'any', 'abandon']],
  ['a bug of ours', { kind: 'server', code: OUR_BUG }, [false, 'any', 'abandon']],
  ['a proxy that stops', { kind: 'overloaded', code: PROXY_STOPS }, [false, 'none', 'abandon']],
];

function check(fault: Fault, [here, elsewhere, circuit]: Row): void {
  expect(judge(fault)).to.include({ here, elsewhere, circuit });
}

describe('the verdict on a failure', () => {
  for (const [kind, row] of Object.entries(KINDS) as [FaultKind, Row][]) {
    it(`of the kind ${kind}`, () => {
      check({ kind, message: 'No.', retryable: isRetryableFault(kind) }, row);
    });
  }

  for (const [title, fault, row] of SPECIAL) {
    it(`on ${title}`, () => {
      check({ message: 'No.', retryable: isRetryableFault(fault.kind), ...fault }, row);
    });
  }

  it('is that all is over only where nobody waits any more', () => {
    const isOver = (kind: FaultKind, code?: string) =>
      judge({ kind, message: 'No.', retryable: false, ...(code !== undefined && { code }) }).isOver;
    expect(isOver('aborted')).to.equal(true);
    expect(isOver('overloaded', PROXY_STOPS)).to.equal(true);
    expect(isOver('overloaded')).to.equal(undefined);
    expect(isOver('invalid-request')).to.equal(undefined);
  });
});
