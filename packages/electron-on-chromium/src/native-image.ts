import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Rectangle, ResizeOptions, Size } from 'electron';
import type * as JpegCoder from 'jpeg-js';
import type * as PngCoder from 'pngjs';

// Loaded with the first picture: an app waits for this module with every start.
const require = createRequire(import.meta.url);
const pngCoder = () => require('pngjs') as typeof PngCoder;
const jpegCoder = () => require('jpeg-js') as typeof JpegCoder;

/** Four bytes a pixel: red, green, blue, opacity. */
interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Buffer;
}

const nothing: Pixels = { width: 0, height: 0, data: Buffer.alloc(0) };

/** A picture in memory, decoded from and encoded to PNG and JPEG. */
export class NativeImage {
  readonly #pixels: Pixels;

  private constructor(pixels: Pixels) {
    this.#pixels = pixels;
  }

  static createEmpty(): NativeImage {
    return new NativeImage(nothing);
  }

  /** Empty when `buffer` is neither PNG nor JPEG, as in Electron. */
  static createFromBuffer(buffer: Buffer): NativeImage {
    return new NativeImage(decode(buffer));
  }

  static createFromDataURL(dataURL: string): NativeImage {
    const [, base64 = ''] = /^data:image\/(?:png|jpe?g);base64,(.*)$/s.exec(dataURL) ?? [];
    return NativeImage.createFromBuffer(Buffer.from(base64, 'base64'));
  }

  /** Empty when the file cannot be read or is no picture, as in Electron. */
  static createFromPath(path: string): NativeImage {
    try {
      return NativeImage.createFromBuffer(readFileSync(path));
    } catch {
      return NativeImage.createEmpty();
    }
  }

  /** `buffer` has four bytes a pixel: blue, green, red, opacity. Throws when its length does not fit the size. */
  static createFromBitmap(buffer: Buffer, { width, height }: Size): NativeImage {
    if (buffer.length !== width * height * 4) throw new Error('invalid buffer size');
    return new NativeImage({ width, height, data: withRedAndBlueSwapped(buffer) });
  }

  isEmpty(): boolean {
    return this.#pixels.width === 0;
  }

  getSize(): Size {
    return { width: this.#pixels.width, height: this.#pixels.height };
  }

  getAspectRatio(): number {
    return this.isEmpty() ? 1 : this.#pixels.width / this.#pixels.height;
  }

  toPNG(): Buffer {
    if (this.isEmpty()) return Buffer.alloc(0);
    const { width, height, data } = this.#pixels;
    const { PNG } = pngCoder();
    const png = new PNG({ width, height });
    data.copy(png.data);
    return PNG.sync.write(png);
  }

  /** `quality` from 0 to 100. */
  toJPEG(quality: number): Buffer {
    return this.isEmpty() ? Buffer.alloc(0) : jpegCoder().encode(this.#pixels, quality).data;
  }

  /** Blue, green, red, opacity: the order of bytes that Electron has on every desktop system. */
  toBitmap(): Buffer {
    return withRedAndBlueSwapped(this.#pixels.data);
  }

  /** Every picture has one representation here. */
  getScaleFactors(): number[] {
    return [1];
  }

  /** Template pictures are macOS's. */
  isTemplateImage(): boolean {
    return false;
  }

  toDataURL(): string {
    return `data:image/png;base64,${this.toPNG().toString('base64')}`;
  }

  /** Throws when the rectangle is not inside the picture. */
  crop({ x, y, width, height }: Rectangle): NativeImage {
    const from = this.#pixels;
    if (x < 0 || y < 0 || x + width > from.width || y + height > from.height)
      throw new RangeError('The rectangle is not inside the picture.');
    const data = Buffer.alloc(width * height * 4);
    for (let row = 0; row < height; row += 1) {
      const start = ((y + row) * from.width + x) * 4;
      from.data.copy(data, row * width * 4, start, start + width * 4);
    }
    return new NativeImage({ width, height, data });
  }

  /** With one side given, the other follows the aspect ratio. Each new pixel is the mean of those that it covers. */
  resize({ width, height }: ResizeOptions): NativeImage {
    if (this.isEmpty()) return this;
    const ratio = this.getAspectRatio();
    const to = {
      width: Math.max(1, Math.round(width ?? (height === undefined ? this.#pixels.width : height * ratio))),
      height: Math.max(1, Math.round(height ?? (width === undefined ? this.#pixels.height : width / ratio))),
    };
    return new NativeImage(resample(this.#pixels, to));
  }
}

/** `nativeImage` as the module offers it. */
export const nativeImage = {
  createEmpty: (): NativeImage => NativeImage.createEmpty(),
  createFromBitmap: (buffer: Buffer, options: Size): NativeImage =>
    NativeImage.createFromBitmap(buffer, options),
  createFromBuffer: (buffer: Buffer): NativeImage => NativeImage.createFromBuffer(buffer),
  createFromDataURL: (dataURL: string): NativeImage => NativeImage.createFromDataURL(dataURL),
  createFromPath: (path: string): NativeImage => NativeImage.createFromPath(path),
};

function withRedAndBlueSwapped(pixels: Buffer): Buffer {
  const swapped = Buffer.from(pixels);
  for (let at = 0; at < swapped.length; at += 4) {
    swapped.writeUInt8(pixels.readUInt8(at + 2), at);
    swapped.writeUInt8(pixels.readUInt8(at), at + 2);
  }
  return swapped;
}

function decode(buffer: Buffer): Pixels {
  const isPng = buffer.subarray(0, 4).equals(Buffer.from('\x89PNG', 'latin1'));
  const isJpeg = buffer.subarray(0, 2).equals(Buffer.from([0xff, 0xd8]));
  if (!isPng && !isJpeg) return nothing;
  try {
    if (isPng) return pngCoder().PNG.sync.read(buffer);
    const { width, height, data } = jpegCoder().decode(buffer, { useTArray: true });
    return { width, height, data: Buffer.from(data.buffer, data.byteOffset, data.byteLength) };
  } catch {
    // Electron makes an empty picture of a broken file, which `isEmpty` tells.
    return nothing;
  }
}

function resample(from: Pixels, { width, height }: Size): Pixels {
  const data = Buffer.alloc(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    const [top, bottom] = covered(y, height, from.height);
    for (let x = 0; x < width; x += 1) {
      const [left, right] = covered(x, width, from.width);
      for (let part = 0; part < 4; part += 1) {
        let sum = 0;
        for (let row = top; row < bottom; row += 1)
          for (let column = left; column < right; column += 1)
            sum += from.data.readUInt8((row * from.width + column) * 4 + part);
        data.writeUInt8(Math.round(sum / ((bottom - top) * (right - left))), (y * width + x) * 4 + part);
      }
    }
  }
  return { width, height, data };
}

/** The pixels of one side of `length` that pixel `index` of `parts` stands for; at least one. */
function covered(index: number, parts: number, length: number): [number, number] {
  const start = Math.min(length - 1, Math.floor((index * length) / parts));
  return [start, Math.max(start + 1, Math.floor(((index + 1) * length) / parts))];
}
