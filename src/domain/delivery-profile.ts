import type { Band } from './criterion.ts'
import type { PurposeId } from './parameters/purpose.ts'

/**
 * How a portrait for one purpose is framed. Fractions are of the delivered picture's height unless said otherwise.
 * Head height runs from the chin to the crown of the head, hair included.
 */
export interface DeliveryProfile {
  readonly purpose: PurposeId
  readonly label: string
  /** Width over height. */
  readonly aspect: number
  /** What the crop aims at. */
  readonly headHeight: number
  readonly eyeLine: number
  /** What passes, as fractions: of the height for head and eyes, of the width for the face's distance from the middle. */
  readonly bands: { readonly headHeight: Band; readonly eyeLine: Band; readonly headCentre: Band }
  /** 'plain-light': only a plain light background suits this purpose. */
  readonly background: 'any' | 'plain-light'
  /** Printed on reports and beside the picture. */
  readonly notice?: string
}

const CENTRED: Band = { max: 0.08 }

/**
 * Sources: LinkedIn asks for a face that takes up about 60 % of a square frame
 * (https://www.linkedin.com/business/talent/blog/product-tips/tips-for-picking-the-right-linkedin-profile-picture);
 * ICAO Doc 9303 part 9, 2021: head 70–80 % of the height of a 35×45 mm print, eyes 50–70 % from the bottom.
 * The other purposes follow the usual head-and-shoulders framing with the eyes near the upper third.
 */
export const DELIVERY_PROFILES: Readonly<Record<PurposeId, DeliveryProfile>> = {
  professional_linkedin: {
    purpose: 'professional_linkedin',
    label: 'LinkedIn, square',
    aspect: 1,
    headHeight: 0.52,
    eyeLine: 0.42,
    bands: { headHeight: { min: 0.42, max: 0.66 }, eyeLine: { min: 0.33, max: 0.5 }, headCentre: CENTRED },
    background: 'any'
  },
  resume: {
    purpose: 'resume',
    label: 'Resume, 4:5',
    aspect: 4 / 5,
    headHeight: 0.44,
    eyeLine: 0.4,
    bands: { headHeight: { min: 0.34, max: 0.58 }, eyeLine: { min: 0.3, max: 0.48 }, headCentre: CENTRED },
    background: 'any'
  },
  corporate_website: {
    purpose: 'corporate_website',
    label: 'Website, 3:2',
    aspect: 3 / 2,
    headHeight: 0.5,
    eyeLine: 0.41,
    bands: { headHeight: { min: 0.38, max: 0.64 }, eyeLine: { min: 0.31, max: 0.5 }, headCentre: CENTRED },
    background: 'any'
  },
  personal_branding: {
    purpose: 'personal_branding',
    label: 'Branding, 4:5',
    aspect: 4 / 5,
    headHeight: 0.36,
    eyeLine: 0.36,
    bands: { headHeight: { min: 0.26, max: 0.5 }, eyeLine: { min: 0.26, max: 0.46 }, headCentre: { max: 0.12 } },
    background: 'any'
  },
  business_card: {
    purpose: 'business_card',
    label: 'Business card, 4:5',
    aspect: 4 / 5,
    headHeight: 0.5,
    eyeLine: 0.41,
    bands: { headHeight: { min: 0.4, max: 0.64 }, eyeLine: { min: 0.31, max: 0.5 }, headCentre: CENTRED },
    background: 'any'
  },
  passport_like: {
    purpose: 'passport_like',
    label: '35×45 mm',
    aspect: 35 / 45,
    headHeight: 0.75,
    eyeLine: 0.45,
    bands: { headHeight: { min: 0.7, max: 0.8 }, eyeLine: { min: 0.3, max: 0.5 }, headCentre: { max: 0.05 } },
    background: 'plain-light',
    notice: 'Not for official documents'
  }
}

/** Pixel size of a picture of this profile whose longer edge is `longEdge`. */
export function profileSize(profile: DeliveryProfile, longEdge: number): { width: number; height: number } {
  return profile.aspect >= 1
    ? { width: longEdge, height: Math.round(longEdge / profile.aspect) }
    : { width: Math.round(longEdge * profile.aspect), height: longEdge }
}
