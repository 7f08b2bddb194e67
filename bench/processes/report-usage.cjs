'use strict';
// Loaded into every measured process, on every platform, so that all are asked in the same way: over IPC while it
// runs, and, where BENCH_USAGE_FD names a descriptor, once more when it ends. CommonJS, because the ESM loader would
// make `node -e 0` look slower than it is.

const usage = () => {
  const { user, system } = process.cpuUsage();
  return { cpuMs: (user + system) / 1000, rssMiB: process.memoryUsage.rss() / 1024 / 1024 };
};

// What is still in use after everything else was collected.
const held = () => {
  require('node:v8').setFlagsFromString('--expose-gc');
  const collect = require('node:vm').runInNewContext('gc');
  for (let round = 0; round < 3; round += 1) collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heldKiB: (heapUsed + external) / 1024, rssMiB: rss / 1024 / 1024 };
};

let session;

const startProfile = (answer) => {
  const { Session } = require('node:inspector');
  session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.start', () => answer({}));
};

const stopProfile = (answer) => {
  session.post('Profiler.stop', (error, result) => {
    session.disconnect();
    answer(error ?? result.profile);
  });
};

if (process.send) {
  const answer = (value) => process.send(value);
  const requests = {
    usage: () => answer(usage()),
    held: () => answer(held()),
    'start profile': () => startProfile(answer),
    'stop profile': () => stopProfile(answer),
  };
  // Nothing measured outlives whoever measures it.
  process.on('disconnect', () => process.exit());
  process.on('message', (message) => requests[message]?.());
  process.channel.unref();
}

const descriptor = process.env.BENCH_USAGE_FD;
if (descriptor !== undefined) {
  process.on('exit', () => require('node:fs').writeSync(Number(descriptor), JSON.stringify(usage())));
}
