/**
 * Indices into MediaPipe's canonical face mesh of 468 points
 * (https://github.com/google-ai-edge/mediapipe, face_geometry/data/canonical_face_model_uv_visualization.png).
 * Left and right are the person's own.
 */

/** Inner and outer corner. */
export const LEFT_EYE_CORNERS = [362, 263] as const
export const RIGHT_EYE_CORNERS = [133, 33] as const

/** All points around an eye, in order. */
export const LEFT_EYE: readonly number[] = [
  362, 398, 384, 385, 386, 387, 388, 466, 263, 249, 390, 373, 374, 380, 381, 382
]
export const RIGHT_EYE: readonly number[] = [
  33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7
]

export const NOSE_TIP = 1
export const MOUTH_CORNER_RIGHT = 61
export const MOUTH_CORNER_LEFT = 291

/** The outline of the face from the forehead clockwise as seen in the picture. */
export const FACE_OVAL: readonly number[] = [
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136,
  172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109
]

/** Outline of the lips, outside. */
export const LIPS: readonly number[] = [
  61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185
]

/** Lowest and topmost point of the face's outline on its middle line. */
export const CHIN = 152
export const FOREHEAD = 10

/** On the face's outline, before the ears. */
export const LEFT_EAR = 454
export const RIGHT_EAR = 234
