import { expect } from 'chai';
import { mergedItem } from '../../src/answer/merged-item.ts';

describe('an item that is over', () => {
  it('has what it had when it began where the end leaves a field out, or leaves it empty', () => {
    const begun = { id: 'a', status: 'in_progress', arguments: '{}', summary: ['s'], name: 'Read' };
    const final = { id: 'b', status: 'completed', arguments: '', summary: [], name: null };
    expect(mergedItem(begun, final)).to.deep.equal({ ...begun, id: 'b', status: 'completed' });
    expect(mergedItem(begun, undefined)).to.equal(begun);
    expect(mergedItem({}, final)).to.equal(final);
  });

  it('takes no prototype from a field of that name', () => {
    const begun = JSON.parse('{"__proto__":{"name":"Bash"}}') as object;
    expect(mergedItem({ ...begun }, { type: 'x' }).name).to.equal(undefined);
  });
});
