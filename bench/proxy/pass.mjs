// The floor of any proxy in Node: bytes in, bytes out.
import { openUpstream, serve } from './floor-server.mjs';

serve((incoming, outgoing) => {
  const upstream = openUpstream(incoming);
  upstream.on('response', (answer) => {
    outgoing.writeHead(answer.statusCode, answer.headers);
    answer.pipe(outgoing);
  });
  upstream.on('error', () => outgoing.destroy());
  incoming.pipe(upstream);
});
