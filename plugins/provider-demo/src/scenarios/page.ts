import type { Outcome } from '../reply.ts';

const HTML = `<!doctype html>
<html><head><title>Welcome to the network</title></head>
<body><h1>Please sign in</h1><p>This is not the API you are looking for.</p></body></html>
`;

/** A web page with status 200 where JSON was expected. */
export function answerWithPage(): Outcome {
  return { kind: 'page', html: HTML };
}
