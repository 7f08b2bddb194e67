import { expect } from 'chai';
import { runInNewContext } from 'node:vm';
import { loadScript } from './support/load-script.ts';

interface LateRequires {
  readonly withLateRequires: (text: string) => string;
}

/** What the modules export as a class. */
class Made {
  readonly made = true;
}

/** Runs a module of CommonJS and tells which modules it asked for, in order. */
function run(text: string): { readonly exports: { readonly [name: string]: () => unknown }; readonly asked: string[] } {
  const asked: string[] = [];
  const exports = {};
  const require = (name: string): unknown => {
    asked.push(name);
    return { call: () => name, Class: Made, default: name };
  };
  runInNewContext(text, { exports, require });
  return { exports, asked };
}

describe('the bundler', () => {
  const text = [
    'const __importDefault = (loaded) => loaded;',
    'const one_1 = require("./one");',
    'const two_2 = __importDefault(require("two"));',
    'exports.call = () => (0, one_1.call)();',
    'exports.make = () => new one_1.Class();',
    'exports.other = () => two_2.default;',
  ].join('\n');

  it('lets compiled CommonJS load a module when it is used, and once', async () => {
    const { withLateRequires } = await loadScript<LateRequires>('bundle/late-requires.mjs');
    expect(run(text).asked).to.deep.equal(['./one', 'two']);
    const { exports, asked } = run(withLateRequires(text));
    expect(asked).to.deep.equal([]);
    expect(exports['call']?.()).to.equal('./one');
    expect(exports['make']?.()).to.deep.equal(new Made());
    expect(exports['call']?.()).to.equal('./one');
    expect(asked).to.deep.equal(['./one']);
    expect(exports['other']?.()).to.equal('two');
    expect(asked).to.deep.equal(['./one', 'two']);
  });

  it('leaves code of another form as it is', async () => {
    const { withLateRequires } = await loadScript<LateRequires>('bundle/late-requires.mjs');
    for (const other of ['import one from "one";\none.call();', 'var one = require("one");\none.call();', '']) {
      expect(withLateRequires(other)).to.equal(other);
    }
  });
});
