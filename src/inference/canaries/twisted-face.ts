import type { AnalysedFace } from '../faces/face.ts'
import type { Raster } from '../pixels/raster.ts'

/** Half the width of the disc that is twisted, in widths of the face: eyes, nose and mouth. */
const RADIUS = 0.6
/** Turn at the centre, radians; it falls to nothing at the rim. */
const TURN = 1.7

/** The middle of the face twisted into a whirl: nobody's face looks like that, and everything around it stays. */
export function twistFace(picture: Raster, { box }: Pick<AnalysedFace, 'box'>): Raster {
  const twisted: Raster = { ...picture, data: picture.data.slice() }
  const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const radius = RADIUS * box.width
  for (let y = Math.max(0, Math.floor(centre.y - radius)); y < Math.min(picture.height, centre.y + radius); y++) {
    for (let x = Math.max(0, Math.floor(centre.x - radius)); x < Math.min(picture.width, centre.x + radius); x++) {
      const [dx, dy] = [x + 0.5 - centre.x, y + 0.5 - centre.y]
      const out = Math.hypot(dx, dy) / radius
      if (out >= 1) continue
      const turn = TURN * (1 - out) ** 2
      const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
      const from = { x: centre.x + cos * dx - sin * dy, y: centre.y + sin * dx + cos * dy }
      copyPixel(twisted, (y * picture.width + x) * picture.channels, picture, from)
    }
  }
  return twisted
}

/** Nearest pixel: a whirl this strong hides what smoothing would add. */
function copyPixel(
  to: Raster,
  at: number,
  { data, width, height, channels }: Raster,
  from: { x: number; y: number }
): void {
  const column = Math.min(width - 1, Math.max(0, Math.floor(from.x)))
  const row = Math.min(height - 1, Math.max(0, Math.floor(from.y)))
  for (let channel = 0; channel < channels; channel++) {
    to.data[at + channel] = data[(row * width + column) * channels + channel] ?? 0
  }
}
