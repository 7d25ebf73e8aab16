import { expect, test } from 'vitest';

import { takeEvents } from '../../src/model/live';

test('whole events are taken, what is not whole yet stays', () => {
  const text = 'retry: 3000\nid: a1\n\nid: a2\nevent: layer\ndata: {"layer":"flood"}\n\n:\n\nevent: til';

  expect(takeEvents(text)).toEqual({
    events: [{ kind: 'layer', data: '{"layer":"flood"}' }],
    id: 'a2',
    rest: 'event: til',
  });
});

test('lines of data belong together, and lines may end as on Windows', () => {
  const { events, id } = takeEvents('data: one\r\ndata:two\r\n\r\n');

  expect(events).toEqual([{ kind: 'message', data: 'one\ntwo' }]);
  expect(id).toBeNull();
});

test('an event cut in the middle is told when its end has come', () => {
  const whole = 'id: 7\nevent: reset\ndata: {}\n\n';
  for (let cut = 1; cut < whole.length; cut++) {
    const first = takeEvents(whole.slice(0, cut));
    const second = takeEvents(first.rest + whole.slice(cut));
    expect([...first.events, ...second.events]).toEqual([{ kind: 'reset', data: '{}' }]);
  }
});
