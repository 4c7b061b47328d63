import { useTranslation } from 'react-i18next'

const KIB = 1024
const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

export interface Format {
  /** At most three significant digits after rounding, as `figure` in the domain. */
  readonly figure: (value: number) => string
  readonly count: (value: number) => string
  readonly percent: (share: number) => string
  readonly bytes: (bytes: number) => string
  /** A length of time from milliseconds, in the largest unit that says enough: `45 s`, `3 min`, `1 h 20 min`. */
  readonly duration: (ms: number) => string
  readonly date: (date: Date) => string
  readonly dateTime: (date: Date) => string
}

export function createFormat(language: string): Format {
  // Made when it is first needed: a formatter takes longer to make than many rows to draw.
  const number = (options: Intl.NumberFormatOptions) => {
    let format: Intl.NumberFormat | null = null
    return (value: number) => {
      format ??= new Intl.NumberFormat(language, options)
      return format.format(value)
    }
  }
  const dates = (options: Intl.DateTimeFormatOptions) => {
    let format: Intl.DateTimeFormat | null = null
    return (value: Date) => {
      format ??= new Intl.DateTimeFormat(language, options)
      return format.format(value)
    }
  }
  const digits = [2, 1, 0].map((most) => number({ maximumFractionDigits: most, useGrouping: false }))
  const unit = (name: string) => number({ style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: 0 })
  const [seconds, minutes, hours] = [unit('second'), unit('minute'), unit('hour')]
  const sizes = BYTE_UNITS.map((name) =>
    number({ style: 'unit', unit: name, unitDisplay: 'short', maximumSignificantDigits: 3 })
  )

  return {
    figure: (value) => {
      const size = Math.abs(value)
      // What rounds to nothing has no sign.
      const shown = size < 0.005 ? 0 : value
      return digits[size >= 100 ? 2 : size >= 10 ? 1 : 0]?.(shown) ?? String(shown)
    },
    count: number({ maximumFractionDigits: 0 }),
    percent: number({ style: 'percent', maximumFractionDigits: 0 }),
    bytes: (bytes) => {
      const power = bytes < 1 ? 0 : Math.min(sizes.length - 1, Math.floor(Math.log(bytes) / Math.log(KIB)))
      return sizes[power]?.(bytes / KIB ** power) ?? String(bytes)
    },
    duration: (ms) => {
      const s = Math.max(1, Math.round(ms / 1000))
      if (s < 60) return seconds?.(s) ?? ''
      const m = Math.round(s / 60)
      if (m < 60) return minutes?.(m) ?? ''
      const rest = m % 60
      return [hours?.(Math.floor(m / 60)), rest > 0 ? minutes?.(rest) : ''].join(' ').trim()
    },
    date: dates({ dateStyle: 'medium' }),
    dateTime: dates({ dateStyle: 'medium', timeStyle: 'short' })
  }
}

/** By language: each formatter is made once. */
const formats = new Map<string, Format>()

export function useFormat(): Format {
  const { language } = useTranslation().i18n
  const format = formats.get(language) ?? createFormat(language)
  formats.set(language, format)
  return format
}
