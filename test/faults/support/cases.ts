import type { FaultStage } from './fault-stage.ts';

/** How many cases run at the same time. */
const AT_ONCE = 6;

/** Plans its profiles when it is called, and returns what is done when the proxy runs. */
export type Case = () => () => Promise<void>;

/**
 * Cases that share a stage and do not touch each other. They run side by side, because most of them mostly wait; mocha
 * still reports them one by one.
 */
export function casesOn(stage: FaultStage): (title: string, plan: Case) => void {
  const runs: { readonly run: () => Promise<void>; readonly outcome: PromiseWithResolvers<Error | undefined> }[] = [];
  before('start the proxy', async function () {
    this.timeout(60_000);
    await stage.start();
    const waiting = runs.values();
    for (let lane = 0; lane < AT_ONCE; lane += 1) void runAll(waiting);
  });
  after('end everything', async function () {
    this.timeout(60_000);
    await stage.close();
  });
  async function runAll(waiting: Iterator<(typeof runs)[number]>): Promise<void> {
    for (let next = waiting.next(); next.done !== true; next = waiting.next()) {
      const { run, outcome } = next.value;
      // A failure is kept until mocha asks for it.
      await run().then(
        () => outcome.resolve(undefined),
        (error: unknown) => outcome.resolve(error instanceof Error ? error : new Error(String(error))),
      );
    }
  }
  return (title, plan) => {
    const outcome = Promise.withResolvers<Error | undefined>();
    runs.push({ run: plan(), outcome });
    it(title, async () => {
      const failed = await outcome.promise;
      if (failed) throw failed;
    });
  };
}
