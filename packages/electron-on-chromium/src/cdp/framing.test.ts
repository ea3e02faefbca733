import { describe, expect, it } from '@jest/globals';
import { encodeFrame, FrameDecoder } from './framing.ts';

describe('framing of the debugging pipe', () => {
  it('ends each message with a NUL byte', () => {
    expect(encodeFrame({ id: 1 }).toString()).toBe('{"id":1}\0');
  });

  it('hands out the messages that a chunk completes, in order', () => {
    expect(new FrameDecoder().push(Buffer.from('one\0two\0thr'))).toEqual(['one', 'two']);
  });

  it('joins a message that comes in many chunks, also in the middle of a character', () => {
    const decoder = new FrameDecoder();
    const bytes = Buffer.from('Grüße\0');
    const messages = [...bytes].flatMap((byte) => decoder.push(Buffer.from([byte])));
    expect(messages).toEqual(['Grüße']);
  });
});
