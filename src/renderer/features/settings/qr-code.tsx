/** Modules of quiet zone that a reader needs on each side (ISO/IEC 18004, 6.3.8). */
const QUIET = 4

interface QrCodeProps {
  /** True is dark. */
  readonly rows: readonly (readonly boolean[])[]
  readonly label: string
}

/** A QR code, dark on white whatever the surround: readers expect it so. */
export function QrCode({ rows, label }: QrCodeProps) {
  const size = rows.length + 2 * QUIET
  const dark = rows.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : [])))
  return (
    <svg className="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={dark.join('')} fill="#000" />
    </svg>
  )
}
