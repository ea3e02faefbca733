import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import { MAX_URL_LENGTH } from './address.ts';
import type { Channel } from './ipc.ts';
import { CHANNELS } from './ipc.ts';

const id = '123e4567-e89b-42d3-a456-426614174000';
const config = { provider: 'claude', name: 'Work' };

const accepted: readonly [Channel, readonly unknown[]][] = [
  ['session:create', [config]],
  ['session:create', [{ ...config, url: 'https://example.com' }]],
  // What a session may open is judged by the engine, whose answer is more than "invalid".
  ['session:create', [{ ...config, url: 'javascript:alert(1)' }]],
  ['session:activate', [id]],
  ['session:rename', [id, 'Play']],
  ['session:navigate', [id, 'https://example.com']],
  ['session:undo', [undefined]],
  ['session:undo', [id]],
  ['session:list', [false]],
  ['session:getActive', []],
  ['view:place', [{ x: 0, y: 0.5, width: 100, height: 200 }]],
  ['timeline:read', [{ limit: 50 }]],
  ['timeline:read', [{ limit: 50, before: 1, sessionId: id }]],
];

const refused: readonly [Channel, string, readonly unknown[]][] = [
  ['session:create', 'no argument', []],
  ['session:create', 'an argument more', [config, 1]],
  ['session:create', 'an extra field', [{ ...config, partition: 'persist:other' }]],
  ['session:create', 'an unknown provider', [{ ...config, provider: 'elsewhere' }]],
  ['session:create', 'a missing name', [{ provider: 'claude' }]],
  ['session:create', 'an empty name', [{ ...config, name: ' ' }]],
  ['session:create', 'a name of 10,000 characters', [{ ...config, name: 'x'.repeat(10_000) }]],
  ['session:create', 'a name that is no text', [{ ...config, name: 7 }]],
  ['session:create', 'an address without end', [{ ...config, url: 'x'.repeat(MAX_URL_LENGTH + 1) }]],
  ['session:create', 'null', [null]],
  ['session:activate', 'no id', [undefined]],
  ['session:activate', 'what is not an id', ['1']],
  ['session:activate', 'a name that every object has', ['__proto__']],
  ['session:activate', 'an id in capitals', [id.toUpperCase()]],
  ['session:delete', 'an object', [{ id }]],
  ['session:rename', 'no name', [id]],
  ['session:navigate', 'an address that is no text', [id, { href: 'https://example.com' }]],
  ['session:undo', 'what is not an id', ['newest']],
  ['session:list', 'a word for a truth', ['yes']],
  ['session:getActive', 'an argument', [id]],
  ['view:place', 'a size below nothing', [{ x: 0, y: 0, width: -1, height: 1 }]],
  ['view:place', 'no number', [{ x: 0, y: 0, width: NaN, height: 1 }]],
  ['view:place', 'no end', [{ x: 0, y: 0, width: Infinity, height: 1 }]],
  ['timeline:read', 'no limit', [{}]],
  ['timeline:read', 'a limit beyond bearing', [{ limit: 501 }]],
  ['timeline:read', 'half an event', [{ limit: 1.5 }]],
];

describe('the map of channels', () => {
  it.each(accepted)('%s takes %j', (channel, args) => {
    expect(v.is(CHANNELS[channel], args)).toBe(true);
  });

  it.each(refused)('%s refuses %s', (channel, _, args) => {
    expect(v.is(CHANNELS[channel], args)).toBe(false);
  });

  it.each(Object.keys(CHANNELS) as Channel[])('%s refuses what is not a list of arguments', (channel) => {
    for (const args of [undefined, null, 'text', 7, {}, { length: 0 }]) {
      expect(v.is(CHANNELS[channel], args)).toBe(false);
    }
  });
});
