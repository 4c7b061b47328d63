import type { RetouchSettingName } from '../retouch-settings.ts'

/** What happens to the picture when a setting goes up or down; completes "so …". */
const EFFECTS: Readonly<Record<RetouchSettingName, { readonly up: string; readonly down: string }>> = {
  'crop.headScale': { up: 'the crop is tighter', down: 'the crop is wider' },
  'crop.eyeShift': { up: 'the person moves down in the frame', down: 'the person moves up in the frame' },
  'crop.sideShift': { up: 'the person moves to the right', down: 'the person moves to the left' },
  'crop.avoidTouch': {
    up: 'less shows of where somebody else touches the person',
    down: 'the crop stays as wide as the purpose asks for'
  },
  'crop.levelling': { up: 'more of the lean is turned back', down: 'less of the lean is turned back' },
  'matte.sharpness': { up: 'the outline is cut more crisply', down: 'the outline is cut more softly' },
  'matte.decontamination': {
    up: "more of the old background's colour is taken out of the hair",
    down: "less of the old background's colour is taken out of the hair"
  },
  'matte.choke': { up: 'the cut-out is drawn in', down: 'the cut-out is let out' },
  'exposure.subject': { up: 'the person is made brighter', down: 'the person is made darker' },
  'exposure.background': { up: 'the place is made brighter', down: 'the place is made darker' },
  'exposure.highlightRecovery': { up: 'the brightest tones are held back', down: 'the brightest tones are let go' },
  'exposure.shadowLift': { up: 'the darkest tones are lifted', down: 'the darkest tones are lifted less' },
  'light.strength': { up: 'the new light is stronger', down: 'more of the original light is kept' },
  'light.tint': { up: 'the light is more coloured', down: 'the light is less coloured' },
  'light.wrap': { up: 'more light spills around the outline', down: 'less light spills around the outline' },
  'light.contactShadow': { up: 'the contact shadow is deeper', down: 'the contact shadow is fainter' },
  'retouch.strength': { up: 'the person is retouched more', down: 'the person is retouched less' },
  'detail.sharpen': { up: 'fine detail is sharpened more', down: 'fine detail is sharpened less' },
  'detail.denoise': { up: 'noise is reduced more', down: 'noise is reduced less' },
  'detail.grainMatch': { up: 'the place gets more grain', down: 'the place gets less grain' },
  'grade.strength': { up: 'the colour grade is stronger', down: 'the colour grade is weaker' },
  'background.defocus': { up: 'the place is more out of focus', down: 'the place is less out of focus' },
  'background.yaw': { up: 'the view turns to the right', down: 'the view turns to the left' }
}

export function effectOf(setting: RetouchSettingName, from: number, to: number): string {
  return to > from ? EFFECTS[setting].up : EFFECTS[setting].down
}
