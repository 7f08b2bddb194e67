import { expect } from 'chai';
import { setTimeout as pause } from 'node:timers/promises';
import { Silence, whileWaiting } from '../../../src/proxy/answer/silence.ts';

describe('waiting while a client hears nothing', () => {
  it('does not leave a failure unwatched that comes while a ping is written', async () => {
    const unwatched: unknown[] = [];
    const watch = (error: unknown): void => void unwatched.push(error);
    process.on('unhandledRejection', watch);
    const silence = new Silence(10);
    try {
      await pause(50);
      const wanted = pause(20).then(() => Promise.reject(new Error('late')));
      const pieces = whileWaiting(silence, wanted);
      await pieces.next();
      await pause(100);
      const error = await pieces.next().then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).to.be.an('error').with.property('message', 'late');
      expect(unwatched).to.deep.equal([]);
    } finally {
      silence.stop();
      process.off('unhandledRejection', watch);
    }
  });
});
