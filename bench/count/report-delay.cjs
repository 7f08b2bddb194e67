'use strict';
// Preloaded into a measured proxy: tells how long its event loop was held up between two messages.
const { monitorEventLoopDelay } = require('node:perf_hooks');

/** In milliseconds: how often the loop is asked whether it is there. */
const RESOLUTION_MS = 1;
const NANOSECONDS_PER_MS = 1e6;

let histogram;

process.on('message', (question) => {
  if (question === 'start') {
    histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    histogram.enable();
    process.send('started');
  } else if (question === 'stop') {
    histogram.disable();
    const { max, mean } = histogram;
    process.send({ longestMs: max / NANOSECONDS_PER_MS, meanMs: mean / NANOSECONDS_PER_MS });
  }
});

// Nothing measured outlives whoever measures it, and listening for messages does not keep the process alive.
process.on('disconnect', () => process.exit());
process.channel.unref();
