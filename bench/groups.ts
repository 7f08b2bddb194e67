import { runCountTime, runLoopDelay } from './count/run-count.ts';
import type { Effort } from './measure/effort.ts';
import { CONTESTS, type Contest } from './machines/contests.ts';
import { runContest } from './machines/run-contest.ts';
import { runOpenStreams } from './memory/open-streams.ts';
import { runSlope } from './memory/slope.ts';
import { runStreamMemory } from './memory/stream-memory.ts';
import { makeHome } from './processes/own-home.ts';
import type { Pinning } from './processes/pinning.ts';
import { LOADS, type Load } from './proxy/loads.ts';
import { memoryOf, memoryRows } from './proxy/memory.ts';
import { profileLoad } from './proxy/profile-load.ts';
import { runLoad } from './proxy/run-load.ts';
import { setStage, type Stage } from './proxy/stage.ts';
import { startUpstream } from './proxy/upstream.ts';
import type { Row } from './report/row.ts';
import { runCommands } from './start-up/commands.ts';
import { runProxyStart } from './start-up/proxy-start.ts';
import { runWarmRun } from './start-up/warm-run.ts';
import { runFirstEvent } from './streams/first-event.ts';
import { runLargeBody } from './streams/large-body.ts';
import { PACED_LOADS, runPaced } from './streams/paced.ts';

/** What every bench is run with. */
export interface Run {
  readonly effort: Effort;
  readonly pinning: Pinning | undefined;
  readonly profile: boolean;
  /** Says what happens now. */
  readonly tell: (line: string) => void;
}

/** Benches that share what they need. */
export interface Group {
  readonly names: readonly string[];
  /** Runs those of its benches that are in `names`. */
  run(names: readonly string[], run: Run): Promise<Row[]>;
}

const machines: Group = {
  names: Object.keys(CONTESTS),
  async run(names, { effort, tell }) {
    const rows: Row[] = [];
    for (const name of names) {
      const contest = (CONTESTS as { [name: string]: () => Contest | undefined })[name]?.();
      tell(contest ? name : `${name}: left out, there are no recordings here`);
      if (contest) rows.push(...(await runContest(name, contest, effort)));
    }
    return rows;
  },
};

const proxy: Group = {
  names: Object.keys(LOADS),
  async run(names, { effort, pinning, profile, tell }) {
    const stage = await setStage(pinning);
    const rows: Row[] = [];
    try {
      const idle = await memoryOf(stage);
      for (const name of names) {
        tell(name);
        const load = (LOADS as { [name: string]: Load })[name];
        if (!load) continue;
        rows.push(...(await runLoad(name, load, stage, effort)));
        if (profile) tell(await profileLoad(name, load, stage, effort));
      }
      rows.push(...memoryRows(idle, await memoryOf(stage)));
    } finally {
      await stage.close();
    }
    return rows;
  },
};

const startUp: Group = {
  names: ['commands', 'warm-run', 'proxy-start'],
  async run(names, { effort, pinning, tell }) {
    const upstream = await startUpstream();
    const home = makeHome(upstream.port);
    const rows: Row[] = [];
    try {
      for (const name of names) {
        tell(name);
        if (name === 'commands') rows.push(...(await runCommands(home, pinning, effort)));
        else if (name === 'warm-run') rows.push(...(await runWarmRun(home, pinning, effort)));
        else rows.push(...(await runProxyStart(home, upstream, pinning, effort)));
      }
    } finally {
      home.remove();
      await upstream.close();
    }
    return rows;
  },
};

const count: Group = {
  names: ['count-2m', 'count-200k'],
  async run(names, { effort, pinning, tell }) {
    const upstream = await startUpstream();
    const home = makeHome(upstream.port);
    const rows: Row[] = [];
    try {
      for (const name of names) {
        tell(name);
        rows.push(...(await (name === 'count-2m' ? runLoopDelay : runCountTime)(home, pinning, effort)));
      }
    } finally {
      home.remove();
      await upstream.close();
    }
    return rows;
  },
};

/** Benches on a whole stage, by name. */
type StageBenches = { readonly [name: string]: (stage: Stage, effort: Effort) => Promise<Row[]> };

const MEMORY: StageBenches = { 'open-streams': runOpenStreams, slope: runSlope };

const memory: Group = {
  names: ['stream-memory', ...Object.keys(MEMORY)],
  async run(names, { effort, pinning, tell }) {
    const rows: Row[] = [];
    for (const name of names) {
      const bench = MEMORY[name];
      const isLeftOut = bench === runSlope && effort.share < 1;
      tell(isLeftOut ? `${name}: left out, a quick run has too few requests for it` : name);
      if (isLeftOut) continue;
      if (bench) rows.push(...(await onOwnStage(pinning, (stage) => bench(stage, effort))));
      else rows.push(...(await runStreamMemory(pinning, effort)));
    }
    return rows;
  },
};

const STREAMS: StageBenches = {
  'first-event': runFirstEvent,
  ...Object.fromEntries(
    Object.entries(PACED_LOADS).map(([name, load]) => [
      name,
      (stage: Stage, effort: Effort) => runPaced(name, load, stage, effort),
    ]),
  ),
  'large-body': runLargeBody,
};

const streams: Group = {
  names: Object.keys(STREAMS),
  run: (names, { effort, pinning, tell }) =>
    onOwnStage(pinning, async (stage) => {
      const rows: Row[] = [];
      for (const name of names) {
        tell(name);
        rows.push(...((await STREAMS[name]?.(stage, effort)) ?? []));
      }
      return rows;
    }),
};

/** Servers that have done nothing else, so that nothing else is in their memory. */
async function onOwnStage(pinning: Pinning | undefined, work: (stage: Stage) => Promise<Row[]>): Promise<Row[]> {
  const stage = await setStage(pinning);
  try {
    return await work(stage);
  } finally {
    await stage.close();
  }
}

/** All benches, in the order of the report. */
export const GROUPS: readonly Group[] = [machines, memory, proxy, streams, count, startUp];
