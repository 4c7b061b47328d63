import type { AnalysedFace } from '../faces/face.ts'
import type { Raster } from '../pixels/raster.ts'
import { warped } from './warped.ts'

/** Half the width of the disc that is twisted, in widths of the face: eyes, nose and mouth. */
const RADIUS = 0.6
/** Turn at the centre, radians; it falls to nothing at the rim. Chosen by eye: nobody takes it for a look. */
const TURN = 1.7

/** The middle of the face twisted into a whirl: nobody's face looks like that, and everything around it stays. */
export function twistFace(picture: Raster, { box }: Pick<AnalysedFace, 'box'>): Raster {
  const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const radius = RADIUS * box.width
  const disc = { x: centre.x - radius, y: centre.y - radius, width: 2 * radius, height: 2 * radius }
  return warped(picture, disc, ({ x, y }) => {
    const [dx, dy] = [x - centre.x, y - centre.y]
    const out = Math.hypot(dx, dy) / radius
    if (out >= 1) return { x, y }
    const turn = TURN * (1 - out) ** 2
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
    return { x: centre.x + cos * dx - sin * dy, y: centre.y + sin * dx + cos * dy }
  })
}
