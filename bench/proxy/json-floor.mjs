// The floor of any translator in Node: bodies and the data of every event are parsed and written again, unchanged.
import { openUpstream, serve } from './floor-server.mjs';

serve((incoming, outgoing) => void exchange(incoming, outgoing));

async function exchange(incoming, outgoing) {
  const body = rewritten(await textOf(incoming));
  const upstream = openUpstream(incoming, Buffer.byteLength(body));
  upstream.on('response', (answer) => void forward(answer, outgoing));
  upstream.on('error', () => outgoing.destroy());
  upstream.end(body);
}

async function forward(answer, outgoing) {
  const isStream = answer.headers['content-type'] === 'text/event-stream';
  const { 'content-length': _length, ...headers } = answer.headers;
  outgoing.writeHead(answer.statusCode, headers);
  if (isStream) for await (const text of rewrittenEvents(answer)) outgoing.write(text);
  else outgoing.write(rewritten(await textOf(answer)));
  outgoing.end();
}

async function* rewrittenEvents(answer) {
  let rest = '';
  for await (const piece of answer.setEncoding('utf8')) {
    rest += piece;
    const end = rest.lastIndexOf('\n') + 1;
    let text = '';
    for (const line of rest.slice(0, end).split('\n').slice(0, -1)) text += `${rewrittenLine(line)}\n`;
    rest = rest.slice(end);
    if (text !== '') yield text;
  }
}

function rewrittenLine(line) {
  return line.startsWith('data: {') ? `data: ${rewritten(line.slice('data: '.length))}` : line;
}

function rewritten(json) {
  return JSON.stringify(JSON.parse(json));
}

async function textOf(stream) {
  const pieces = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}
