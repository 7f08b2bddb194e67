import { expect } from 'chai';
import { answering } from '../faults/support/answers.ts';
import { chat } from '../faults/support/dialects/chat.ts';
import { FaultStage } from '../faults/support/fault-stage.ts';
import { BODY } from './support/guarded-stage.ts';
import { rawHead, sendRaw } from './support/raw-connection.ts';

/** Two readers could disagree on where such a request ends. Each is a list of headers and a body. */
const AMBIGUOUS: { readonly [what: string]: readonly [headers: readonly string[], body: string] } = {
  'a length and chunks': [[`Content-Length: ${BODY.length}`, 'Transfer-Encoding: chunked'], `0\r\n\r\n${BODY}`],
  'chunks and a length': [['Transfer-Encoding: chunked', 'Content-Length: 4'], `0\r\n\r\n${BODY}`],
  'two lengths': [['Content-Length: 0', `Content-Length: ${BODY.length}`], BODY],
  'the same length twice': [[`Content-Length: ${BODY.length}`, `Content-Length: ${BODY.length}`], BODY],
  'a list of lengths': [[`Content-Length: ${BODY.length}, ${BODY.length}`], BODY],
  'a length with a sign': [[`Content-Length: +${BODY.length}`], BODY],
  'a negative length': [['Content-Length: -1'], BODY],
  'a hexadecimal length': [['Content-Length: 0x10'], BODY],
  'a length beyond all numbers': [['Content-Length: 99999999999999999999999'], BODY],
  'a space before the colon': [['Transfer-Encoding : chunked'], '0\r\n\r\n'],
  'chunked, and then something else': [['Transfer-Encoding: chunked, identity'], '0\r\n\r\n'],
  'an encoding that is nearly chunked': [['Transfer-Encoding: xchunked'], '0\r\n\r\n'],
  'an encoding behind a control character': [['Transfer-Encoding: \x0bchunked'], '0\r\n\r\n'],
  'two encodings': [['Transfer-Encoding: chunked', 'Transfer-Encoding: identity'], '0\r\n\r\n'],
  'a folded header': [['X-Folded: one', ' Transfer-Encoding: chunked'], '0\r\n\r\n'],
  'a folded encoding': [['Transfer-Encoding:', ' chunked'], '0\r\n\r\n'],
  'a line feed alone between headers': [['X-First: 1\nTransfer-Encoding: chunked'], '0\r\n\r\n'],
  'a carriage return alone between headers': [['X-First: 1\rTransfer-Encoding: chunked'], '0\r\n\r\n'],
  'a line without a colon': [['Transfer-Encoding chunked'], '0\r\n\r\n'],
  'a header without a name': [[': chunked'], '0\r\n\r\n'],
  'a null byte in a header': [['X-Null: a\0b'], ''],
  'a chunk whose size is no number': [['Transfer-Encoding: chunked'], 'zz\r\n{}\r\n0\r\n\r\n'],
  'a chunk whose size is negative': [['Transfer-Encoding: chunked'], '-1\r\n{}\r\n0\r\n\r\n'],
  'a chunk beyond all numbers': [['Transfer-Encoding: chunked'], 'fffffffffffffffffff\r\n{}\r\n0\r\n\r\n'],
  'a chunk that is longer than it says': [['Transfer-Encoding: chunked'], `1\r\n${BODY}\r\n0\r\n\r\n`],
  'a chunk that ends with a line feed alone': [['Transfer-Encoding: chunked'], '2\r\n{}\n0\r\n\r\n'],
  'a size that ends with a line feed alone': [['Transfer-Encoding: chunked'], '2\n{}\r\n0\r\n\r\n'],
};

describe('a request of which two readers could see different ends', () => {
  const stage = new FaultStage();
  const profile = stage.profile({ dialect: chat, script: answering(chat) });
  before(() => stage.start());
  after(() => stage.close());

  for (const [what, [headers, body]] of Object.entries(AMBIGUOUS))
    it(`SEC-13: is refused, and nothing behind it is read: ${what}`, async () => {
      const { port } = stage.proxy;
      const token = `Authorization: Bearer ${stage.token}`;
      const head = rawHead(`POST /proxy/${profile.name}/v1/messages HTTP/1.1`, port, [
        token,
        'Content-Type: application/json',
        ...headers,
      ]);
      const smuggled = rawHead('GET /status HTTP/1.1', port, [token]);
      const { text, statuses, isClosed } = await sendRaw(port, head + body + smuggled);
      expect(isClosed, text).to.equal(true);
      expect(statuses.at(-1), text).to.equal(400);
      expect(statuses, text).not.to.include(200);
      expect(text).to.include('"type":"invalid_request_error"');
      expect(profile.calls).to.have.lengthOf(0);
    });

  it('SEC-13: answers two honest requests in one piece one after the other', async () => {
    const { port } = stage.proxy;
    const head = (connection: string): string =>
      rawHead('GET /status HTTP/1.1', port, [`Authorization: Bearer ${stage.token}`, `Connection: ${connection}`]);
    const { statuses } = await sendRaw(port, head('keep-alive') + head('close'));
    expect(statuses).to.deep.equal([200, 200]);
  });

  it('SEC-13: refuses heads that are too large, and lines that are no HTTP', async () => {
    const { port } = stage.proxy;
    for (const text of [
      rawHead('GET /status HTTP/1.1', port, [`X-Padding: ${'x'.repeat(100_000)}`]),
      rawHead(`GET /${'x'.repeat(100_000)} HTTP/1.1`, port, []),
      rawHead('GET /status HTTP/9.9', port, []),
      rawHead('G\x00T /status HTTP/1.1', port, []),
      '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
      '{"jsonrpc":"2.0"}\n',
    ]) {
      const { text: answer, statuses, isClosed } = await sendRaw(port, Buffer.from(text, 'latin1'));
      expect(isClosed, text.slice(0, 40)).to.equal(true);
      expect(statuses, answer).to.have.lengthOf(1);
      expect([400, 431], answer).to.include(statuses[0]);
    }
  });
});
