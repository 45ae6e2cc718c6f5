// Turns strokes into the 8 × 8 pixels that the network was trained on, the way the data set was made: a bitmap of 32 × 32
// pixels that the digit fills, in which the pixels with ink are counted in blocks of 4 × 4.
const SIZE = 32;
const BLOCK = 4;
const PEN = 4.5;

/** strokes: lists of points {x, y}, in any unit. Returns 64 numbers from 0 (paper) to 1 (ink). */
export function pixelsOf(strokes) {
  const points = strokes.flat();
  const [left, right] = [Math.min(...points.map(p => p.x)), Math.max(...points.map(p => p.x))];
  const [top, bottom] = [Math.min(...points.map(p => p.y)), Math.max(...points.map(p => p.y))];

  // Strokes are scaled, not their width: a small digit does not become a bold one. Digits of the data set fill all rows and
  // about three quarters of the columns.
  const scale = Math.min((SIZE - PEN) / Math.max(bottom - top, 1e-6), (SIZE * 0.8 - PEN) / Math.max(right - left, 1e-6), 1e6);
  const place = p => [SIZE / 2 + (p.x - (left + right) / 2) * scale, SIZE / 2 + (p.y - (top + bottom) / 2) * scale];

  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIZE;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  trace(context, strokes, place, PEN, '#000');
  const { data } = context.getImageData(0, 0, SIZE, SIZE);
  const pixels = new Array((SIZE / BLOCK) ** 2).fill(0);
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      if (data[4 * (y * SIZE + x) + 3] > 127) {
        pixels[Math.floor(y / BLOCK) * (SIZE / BLOCK) + Math.floor(x / BLOCK)] += 1 / BLOCK ** 2;
      }
    }
  }

  return pixels;
}

/** Draws strokes with a round pen; place turns a point into [x, y] of the canvas. */
export function trace(context, strokes, place, width, colour) {
  context.lineWidth = width;
  context.lineCap = context.lineJoin = 'round';
  context.strokeStyle = colour;
  for (const stroke of strokes) {
    context.beginPath();
    context.moveTo(...place(stroke[0]));
    for (const point of stroke) {
      context.lineTo(...place(point));
    }

    context.stroke();
  }
}

/** Shows pixels from 0 to 1 on a canvas of as many pixels, in a colour whose opacity they are. */
export function show(canvas, pixels, colour) {
  const side = Math.sqrt(pixels.length);
  canvas.width = canvas.height = side;
  const context = canvas.getContext('2d');
  context.fillStyle = colour;
  pixels.forEach((pixel, i) => {
    context.globalAlpha = Math.min(1, Math.max(0, pixel));
    context.fillRect(i % side, Math.floor(i / side), 1, 1);
  });
}
