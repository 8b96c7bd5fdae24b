import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ServerSentEvent, SseParser } from './sse-parser.ts';

const STREAM = [
  'retry: 500\n\n',
  'event: tick\ndata: {"position":1}\n\n',
  ': a comment\n',
  'event: entries\r\nid: 42\r\ndata: [1,\r\ndata: 2]\r\n\r\n',
  'data: Trần Hưng Đạo\n\n',
].join('');

const EXPECTED: ServerSentEvent[] = [
  { event: 'tick', data: '{"position":1}', id: null },
  { event: 'entries', data: '[1,\n2]', id: '42' },
  { event: 'message', data: 'Trần Hưng Đạo', id: '42' },
];

describe('server-sent events', () => {
  test('a stream in one piece gives its events', () => {
    expect(new SseParser().push(STREAM)).toEqual(EXPECTED);
  });

  test('any split of the stream gives the same events', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: STREAM.length }), { maxLength: 12 }), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), STREAM.length];
        const parser = new SseParser();
        const events = places.slice(1).flatMap((end, index) => parser.push(STREAM.slice(places[index], end)));
        expect(events).toEqual(EXPECTED);
      }),
    );
  });

  test('an event that is not ended by an empty line is not an event yet', () => {
    const parser = new SseParser();
    expect(parser.push('event: tick\ndata: {}\n')).toEqual([]);
    expect(parser.push('\n')).toHaveLength(1);
  });
});
