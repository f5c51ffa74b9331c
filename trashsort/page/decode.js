// From a photo's file to its pixels, as `trashsort.images.load_image` opens it in Python: upright by its EXIF entry,
// without its colour profile, on a white background.
import { fail } from './errors.js';
import { reduce } from './pixels.js';

const MAX_PIXELS = 90e6;
const HEIC = ['heic', 'heix', 'hevc', 'heim', 'heis', 'mif1', 'msf1'];

// Why a browser could not decode a photo, from its first bytes.
function why(name, bytes) {
  const brand = String.fromCharCode(...bytes.subarray(4, 12));
  if (brand.startsWith('ftyp') && HEIC.includes(brand.slice(4))) {
    return fail(
      'heic',
      `${name} is a HEIC photo, which this browser cannot read: save it as JPEG; ` +
        'on an iPhone choose Settings, Camera, Formats, Most Compatible.',
    );
  }
  return fail(
    'not_an_image',
    `${name} is no picture that this browser can read, or is damaged: save it as JPEG or PNG.`,
  );
}

function checkSize(w, h, name) {
  if (w * h <= MAX_PIXELS) return;
  const millions = Math.round((w * h) / 1e6);
  throw fail('too_large', `${name} has ${millions} million pixels: shrink it below ${MAX_PIXELS / 1e6} million.`);
}

// The size that a JPEG or PNG states in its first bytes, as {w, h, jpeg}; null for other formats.
export function statedSize(bytes) {
  if (bytes.length < 24) return null;
  const view = new DataView(bytes.buffer);
  const begin = view.getUint32(0);
  if (begin === 0x89504e47) return { w: view.getUint32(16), h: view.getUint32(20), jpeg: false };
  if (begin >>> 8 !== 0xffd8ff) return null;
  for (let at = 2; at + 9 < bytes.length; at += 2 + view.getUint16(at + 2)) {
    while (bytes[at + 1] === 0xff) at++; // fill bytes
    const marker = bytes[at + 1];
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { w: view.getUint16(at + 7), h: view.getUint16(at + 5), jpeg: true };
  }
  return null;
}

// Let the JPEG decoder itself shrink a photo k times, as Pillow's `draft` does: quicker, and the same to the last bit.
// Null in browsers that cannot, or that would not turn the picture upright.
async function decodeSmall(bytes, { w, h }, k) {
  if (!self.ImageDecoder || !('rotation' in VideoFrame.prototype)) return null;
  const small = { desiredWidth: Math.ceil(w / k), desiredHeight: Math.ceil(h / k) };
  const decoder = new ImageDecoder({ data: bytes, type: 'image/jpeg', colorSpaceConversion: 'none', ...small });
  try {
    const { image } = await decoder.decode();
    const sides = [image.displayWidth, image.displayHeight].sort().join();
    if (sides === Object.values(small).sort().join()) return image;
    image.close();
    return null;
  } catch {
    return null;
  } finally {
    decoder.close();
  }
}

// Read a decoded picture as an image, averaging squares of k x k pixels. Strip by strip, so that 60 megapixels need
// little memory.
function readPixels(picture, width, height, k) {
  const w = Math.ceil(width / k);
  const h = Math.ceil(height / k);
  const strip = Math.min(height, k * Math.max(1, Math.floor(2e6 / width / k))); // about 2 million pixels
  const canvas = new OffscreenCanvas(width, strip);
  const context = canvas.getContext('2d', { willReadFrequently: true, colorSpace: 'srgb' });
  const data = new Uint8ClampedArray(3 * w * h);
  for (let top = 0; top < height; top += strip) {
    const rows = Math.min(strip, height - top);
    context.fillStyle = 'white';
    context.fillRect(0, 0, width, strip);
    context.drawImage(picture, 0, -top);
    const rgba = context.getImageData(0, 0, width, rows).data;
    const rgb = new Uint8ClampedArray(3 * width * rows);
    for (let i = 0, j = 0; i < rgba.length; i += 4) {
      rgb[j++] = rgba[i];
      rgb[j++] = rgba[i + 1];
      rgb[j++] = rgba[i + 2];
    }
    data.set(reduce({ w: width, h: rows, data: rgb }, k).data, 3 * w * (top / k));
  }
  return { w, h, data };
}

// Decode a photo (a Blob) to {image, width, height}, the last two being its size upright. A large JPEG is shrunk on the
// way, 2, 4 or 8 times, so that both sides of the image stay at least `least`.
export async function decode(blob, name, least) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const stated = statedSize(bytes);
  if (!bytes.length) throw fail('empty', `${name} is empty (0 bytes): copy or take it again.`);
  if (stated) checkSize(stated.w, stated.h, name);
  const fits = (k) => stated?.jpeg && Math.min(stated.w, stated.h) >= k * least;
  const k = [8, 4, 2].find(fits) ?? 1;
  const small = k > 1 ? await decodeSmall(bytes, stated, k) : null;
  if (small) {
    const { displayWidth: w, displayHeight: h } = small;
    const turned = w !== Math.ceil(stated.w / k); // by 90 degrees
    const image = readPixels(small, w, h, 1);
    small.close();
    return { image, width: turned ? stated.h : stated.w, height: turned ? stated.w : stated.h };
  }
  const bitmap = await createImageBitmap(blob, { colorSpaceConversion: 'none', imageOrientation: 'from-image' }).catch(
    () => {
      throw why(name, bytes);
    },
  );
  const { width, height } = bitmap;
  try {
    checkSize(width, height, name);
    return { image: readPixels(bitmap, width, height, k), width, height };
  } finally {
    bitmap.close();
  }
}
