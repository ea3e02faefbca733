import { describe, expect, it } from '@jest/globals';
import { EventOrder } from './event-order.ts';

describe('EventOrder', () => {
  it('tells at once while nothing waits', () => {
    const told: string[] = [];
    new EventOrder().run(() => void told.push('now'));
    expect(told).toEqual(['now']);
  });

  it('keeps later events behind one that has to wait', async () => {
    const order = new EventOrder();
    const told: string[] = [];
    let answer: () => void = () => undefined;
    order.run(async () => {
      await new Promise<void>((resolve) => (answer = resolve));
      told.push('first');
    });
    order.run(() => void told.push('second'));
    expect(told).toEqual([]);
    answer();
    await new Promise<void>((resolve) => {
      order.run(resolve);
    });
    expect(told).toEqual(['first', 'second']);
  });
});
