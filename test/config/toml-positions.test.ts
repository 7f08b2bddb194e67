import { expect } from 'chai';
import fc from 'fast-check';
import { parse, stringify } from 'smol-toml';
import { tomlPositions } from '../../src/config/toml-positions.ts';

/** Every path in parsed values: tables, list entries and all. */
function pathsIn(value: unknown, path: (string | number)[] = []): string[] {
  const below: [string | number, unknown][] = Array.isArray(value)
    ? value.map((entry: unknown, index) => [index, entry])
    : typeof value === 'object' && value !== null && !(value instanceof Date)
      ? Object.entries(value)
      : [];
  return below.flatMap(([key, entry]) => [JSON.stringify([...path, key]), ...pathsIn(entry, [...path, key])]);
}

function placesOf(text: string): { [path: string]: string } {
  return Object.fromEntries([...tomlPositions(text)].map(([path, { line, column }]) => [path, `${line}:${column}`]));
}

const KITCHEN_SINK = String.raw`
# [not.a.table]
a = 1 # b = 2
"quoted \"key\"" = "va\"l # ue"
'literal' = 'C:\'
dotted . key = [ 1, [ "x" , { deep = true, } ], # comment ]
  2 ] # [[also.not]]
multi = """
[no.table]
k = "v" \"""
"""""
raw = '''
key = 1''''
date = 1979-05-27 07:32:00Z
"" = 1
"\u00e9\U0001F600" = 2
[t]
x = { y.z = 1, "w" = [ { v = 2 } ] }
[[list]]
name = "one"
[list.sub]
k = 1
[[list.inner]]
i = 1
[[list.inner]]
i = 2
[[list]]
name = "two"
[[list.inner]]
i = 3
[ spaced . "out" ]
k = 1
`;

describe('the places of keys in TOML', () => {
  it('are known for everything the parser reads', () => {
    const found = [...tomlPositions(KITCHEN_SINK).keys()];
    expect(found).to.have.members(pathsIn(parse(KITCHEN_SINK)));
  });

  it('are those of the key, the header or the list entry', () => {
    const places = placesOf(KITCHEN_SINK);
    expect(places).to.include({
      '["a"]': '3:1',
      '["dotted","key",0]': '6:18',
      '["dotted","key",1,1,"deep"]': '6:31',
      '["dotted","key",2]': '7:3',
      '["date"]': '14:1',
      '["t","x","y","z"]': '18:7',
      '["t","x","w",0,"v"]': '18:26',
      '["list",0]': '19:1',
      '["list",0,"sub","k"]': '22:1',
      '["list",0,"inner",1,"i"]': '26:1',
      '["list",1]': '27:1',
      '["list",1,"inner",0,"i"]': '30:1',
      '["spaced","out","k"]': '32:1',
    });
  });

  it('count lines with Windows line ends', () => {
    expect(placesOf('a = 1\r\n\r\n[b]\r\nc = 1\r\n')).to.deep.equal({
      '["a"]': '1:1',
      '["b"]': '3:1',
      '["b","c"]': '4:1',
    });
  });

  it('are found in whatever a writer of TOML puts out', () => {
    const leaf = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer({ min: -1000, max: 1000 }), fc.boolean());
    const { table } = fc.letrec((tie) => ({
      table: fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1 }), tie('value'), { maxKeys: 4 }),
      value: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(leaf, { maxLength: 3 }),
        tie('table'),
        fc.array(tie('table'), { maxLength: 2 }),
      ),
    }));
    fc.assert(
      fc.property(table, (values) => {
        const text = stringify(values);
        expect([...tomlPositions(text).keys()]).to.have.members(pathsIn(parse(text)));
      }),
      { numRuns: 300 },
    );
  });

  it('come to an end for any text at all', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('[', ']', '{', '}', '=', ',', '.', '"', "'", '#', '\\', ' ', '\n', 'a', '1'),
        }),
        (text) => {
          expect(tomlPositions(text)).to.be.instanceOf(Map);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
