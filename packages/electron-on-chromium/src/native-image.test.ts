import { describe, expect, it } from '@jest/globals';
import { PNG } from 'pngjs';
import { nativeImage } from './native-image.ts';

/** Left half red, right half blue. */
function picture(width: number, height: number): Buffer {
  const png = new PNG({ width, height });
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const colour = pixel % width < width / 2 ? [255, 0, 0, 255] : [0, 0, 255, 255];
    png.data.set(colour, pixel * 4);
  }
  return PNG.sync.write(png);
}

describe('nativeImage', () => {
  it('reads and writes PNG and JPEG', () => {
    const image = nativeImage.createFromBuffer(picture(4, 2));
    expect(image.getSize()).toEqual({ width: 4, height: 2 });
    expect(nativeImage.createFromBuffer(image.toJPEG(90)).getSize()).toEqual({ width: 4, height: 2 });
    expect(nativeImage.createFromDataURL(image.toDataURL()).toBitmap()).toEqual(image.toBitmap());
  });

  it('is empty for what is not a picture', () => {
    expect(nativeImage.createFromBuffer(Buffer.from('not a picture')).isEmpty()).toBe(true);
    expect(nativeImage.createFromBuffer(picture(4, 2).subarray(0, 20)).isEmpty()).toBe(true);
  });

  it('crops and resizes', () => {
    const image = nativeImage.createFromBuffer(picture(8, 4));
    expect([...image.crop({ x: 4, y: 0, width: 2, height: 1 }).toBitmap()]).toEqual([
      255, 0, 0, 255, 255, 0, 0, 255,
    ]);
    const small = image.resize({ width: 2 });
    expect(small.getSize()).toEqual({ width: 2, height: 1 });
    expect([...small.toBitmap()]).toEqual([0, 0, 255, 255, 255, 0, 0, 255]);
  });
});
