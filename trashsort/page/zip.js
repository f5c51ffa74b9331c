// A zip without compression (photos are compressed already): for each file a header and its bytes, then a list of contents.
// Layout: APPNOTE.TXT 6.3, sections 4.3.7 (local header), 4.3.12 (central directory) and 4.3.16 (its end).

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

export function crc32(bytes) {
  let c = 0xffffffff;
  for (const byte of bytes) c = TABLE[(c ^ byte) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

// A date as DOS wrote it: two-second steps since 1980.
function dosTime(date) {
  const time = (date.getHours() << 11) | (date.getMinutes() << 5) | (date.getSeconds() >> 1);
  return [time, ((date.getFullYear() - 1980) << 9) | ((date.getMonth() + 1) << 5) | date.getDate()];
}

// Numbers in two or four bytes each, least byte first.
function pack(...fields) {
  const view = new DataView(new ArrayBuffer(fields.reduce((sum, [size]) => sum + size, 0)));
  let at = 0;
  for (const [size, value] of fields) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return new Uint8Array(view.buffer);
}

const UTF8 = 0x0800; // flag: names are UTF-8

// files: [{name: 'glass_food_jars/a.jpg', blob, date}] -> Blob
export async function zip(files) {
  if (files.length > 65535) throw new Error('A zip of this kind holds at most 65,535 files: export in parts.');
  const body = [],
    list = [];
  let offset = 0;
  for (const { name, blob, date } of files) {
    const path = new TextEncoder().encode(name),
      crc = crc32(new Uint8Array(await blob.arrayBuffer()));
    const [time, day] = dosTime(date ?? new Date());
    const common = [
      [2, UTF8],
      [2, 0],
      [2, time],
      [2, day],
      [4, crc],
      [4, blob.size],
      [4, blob.size],
      [2, path.length],
      [2, 0],
    ];
    const local = pack([4, 0x04034b50], [2, 20], ...common);
    list.push(pack([4, 0x02014b50], [2, 20], [2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]), path);
    body.push(local, path, blob);
    offset += local.length + path.length + blob.size;
    if (offset > 0xf0000000)
      throw new Error('The photos are more than a zip of this kind holds (4 GB): export in parts.');
  }
  const size = list.reduce((sum, part) => sum + part.length, 0);
  const end = pack(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, files.length],
    [2, files.length],
    [4, size],
    [4, offset],
    [2, 0],
  );
  return new Blob([...body, ...list, end], { type: 'application/zip' });
}
