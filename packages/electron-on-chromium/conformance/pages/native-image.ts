import assert from 'node:assert/strict';
import { page } from '../page.ts';

const red = [0, 0, 255, 255];
const blue = [255, 0, 0, 255];

export const nativeImage = page('native-image', (check) => {
  check('nativeImage.createEmpty()', 'is empty', ({ electron: { nativeImage } }) => {
    const image = nativeImage.createEmpty();
    assert.equal(image.isEmpty(), true);
    assert.deepEqual(image.getSize(), { width: 0, height: 0 });
  });
  check(
    'nativeImage.createFromBitmap(buffer, options)',
    'has the size that the options say',
    ({ picture }) => {
      const image = picture();
      assert.equal(image.isEmpty(), false);
      assert.deepEqual(image.getSize(), { width: 4, height: 2 });
    },
  );
  check(
    'nativeImage.createFromBitmap(buffer, options)',
    'refuses a buffer of another length',
    ({ electron: { nativeImage } }) => {
      assert.throws(() => nativeImage.createFromBitmap(Buffer.alloc(3), { width: 4, height: 2 }));
    },
  );
  check('image.toBitmap([options])', 'is the bitmap that it was made of', ({ picture }) => {
    assert.deepEqual([...picture().toBitmap().subarray(0, 16)], [...red, ...red, ...blue, ...blue]);
  });
  check(
    'image.toPNG([options])',
    'is PNG data of the same picture',
    ({ electron: { nativeImage }, picture }) => {
      const png = picture().toPNG();
      assert.equal(png.subarray(1, 4).toString(), 'PNG');
      assert.deepEqual(nativeImage.createFromBuffer(png).toBitmap(), picture().toBitmap());
    },
  );
  check(
    'image.toJPEG(quality)',
    'is JPEG data of the same size',
    ({ electron: { nativeImage }, picture }) => {
      const jpeg = picture().toJPEG(90);
      assert.deepEqual([...jpeg.subarray(0, 2)], [0xff, 0xd8]);
      assert.deepEqual(nativeImage.createFromBuffer(jpeg).getSize(), { width: 4, height: 2 });
    },
  );
  check('image.toDataURL([options])', 'is a data URL of a PNG', ({ picture }) => {
    assert.match(picture().toDataURL(), /^data:image\/png;base64,/);
  });
  check(
    'nativeImage.createFromDataURL(dataURL)',
    'makes the picture of the data URL',
    ({ electron: { nativeImage }, picture }) => {
      const image = nativeImage.createFromDataURL(picture().toDataURL());
      assert.deepEqual(image.toBitmap(), picture().toBitmap());
    },
  );
  check(
    'nativeImage.createFromDataURL(dataURL)',
    'is empty for a data URL that is no picture',
    ({ electron: { nativeImage } }) => {
      assert.equal(nativeImage.createFromDataURL('data:image/png;base64,AAAA').isEmpty(), true);
    },
  );
  check(
    'nativeImage.createFromBuffer(buffer[, options])',
    'tries PNG or JPEG first; is empty for neither',
    ({ electron: { nativeImage } }) => {
      assert.equal(nativeImage.createFromBuffer(Buffer.from('no picture')).isEmpty(), true);
    },
  );
  check(
    'nativeImage.createFromPath(path)',
    'reads the file',
    async ({ electron: { nativeImage }, picture, file }) => {
      const path = await file('picture.png', picture().toPNG());
      assert.deepEqual(nativeImage.createFromPath(path).getSize(), { width: 4, height: 2 });
    },
  );
  check(
    'nativeImage.createFromPath(path)',
    'is empty when the file does not exist or is no picture',
    async ({ electron: { nativeImage }, file }) => {
      assert.equal(nativeImage.createFromPath('/does/not/exist.png').isEmpty(), true);
      assert.equal(nativeImage.createFromPath(await file('text.png', 'text')).isEmpty(), true);
    },
  );
  check('image.getAspectRatio([scaleFactor])', 'is width by height', ({ picture }) => {
    assert.equal(picture().getAspectRatio(), 2);
  });
  check('image.crop(rect)', 'is the part in the rectangle', ({ picture }) => {
    const cropped = picture().crop({ x: 2, y: 0, width: 2, height: 1 });
    assert.deepEqual(cropped.getSize(), { width: 2, height: 1 });
    assert.deepEqual([...cropped.toBitmap()], [...blue, ...blue]);
  });
  check('image.crop(rect)', 'leaves the picture itself as it was', ({ picture }) => {
    const image = picture();
    image.crop({ x: 0, y: 0, width: 1, height: 1 });
    assert.deepEqual(image.getSize(), { width: 4, height: 2 });
  });
  check('image.resize(options)', 'has the size that was asked for', ({ picture }) => {
    assert.deepEqual(picture().resize({ width: 8, height: 8 }).getSize(), { width: 8, height: 8 });
  });
  check(
    'image.resize(options)',
    'keeps the aspect ratio when only the height or the width is said',
    ({ picture }) => {
      assert.deepEqual(picture().resize({ width: 8 }).getSize(), { width: 8, height: 4 });
      assert.deepEqual(picture().resize({ height: 1 }).getSize(), { width: 2, height: 1 });
    },
  );
  check('image.resize(options)', 'leaves the colours where they are', ({ picture }) => {
    const bitmap = picture().resize({ width: 2, height: 1, quality: 'best' }).toBitmap();
    assert.ok(bitmap.readUInt8(2) > 200 && bitmap.readUInt8(0) < 60, 'left is red');
    assert.ok(bitmap.readUInt8(4) > 200 && bitmap.readUInt8(6) < 60, 'right is blue');
  });
  check('image.getScaleFactors()', 'has the one of a picture without representations', ({ picture }) => {
    assert.deepEqual(picture().getScaleFactors(), [1]);
  });
  check('image.isTemplateImage()', 'is false outside macOS and by default', ({ picture }) => {
    assert.equal(picture().isTemplateImage(), false);
  });
});
