import { encodeQR } from 'qr'

/** The library draws no code without a quiet zone; it is the page's to draw one. */
const BORDER = 1

/** A link as a QR code: rows of modules, true is dark; without a quiet zone. */
export function linkCode(url: string): boolean[][] {
  return encodeQR(url, 'raw', { border: BORDER })
    .slice(BORDER, -BORDER)
    .map((row) => row.slice(BORDER, -BORDER))
}
