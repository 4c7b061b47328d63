/**
 * Neutral greys without hue, so that the portraits are the only colour on the page; green and red only beside a mark.
 * Kept as a string because the page must stand alone, with nothing beside it.
 */
export const REPORT_STYLE = `
:root { color-scheme: dark; --panel: #202020; --stage: #2b2b2b; --line: #3a3a3a; --text: #e6e6e6; --quiet: #a0a0a0; --accent: #d9a441; --passed: #7fbf7f; --failed: #e58a7f; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--stage); color: var(--text); font: 13px/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 1400px; margin: 0 auto; padding: 24px; }
h1 { font-size: 20px; margin: 0 0 4px; font-weight: 600; overflow-wrap: anywhere; }
h2 { font-size: 15px; margin: 32px 0 8px; font-weight: 600; }
p { margin: 4px 0; max-width: 80ch; }
.quiet { color: var(--quiet); }
.summary { font-size: 16px; margin: 12px 0 20px; }
.notice { border: 1px solid var(--accent); border-radius: 4px; padding: 8px 12px; display: inline-block; }
.pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(240px, 1fr)); gap: 16px; align-items: start; }
figure { margin: 0; background: var(--panel); border: 1px solid var(--line); border-radius: 4px; padding: 8px; }
/* No wider than the pictures that the page carries are sharp at. */
.pictures figure { max-width: 738px; }
figure.delivered { border-color: var(--accent); }
figcaption { padding: 6px 2px 2px; overflow-wrap: anywhere; }
.frame { position: relative; display: block; line-height: 0; }
.frame img { width: 100%; height: auto; }
.frame svg { position: absolute; inset: 0; width: 100%; height: 100%; }
.region { fill: none; stroke: var(--failed); vector-effect: non-scaling-stroke; stroke-width: 1.5; }
table { border-collapse: collapse; width: 100%; margin: 8px 0; }
th, td { text-align: left; padding: 3px 10px 3px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--quiet); font-weight: 400; }
.number { text-align: right; white-space: nowrap; }
.passed { color: var(--passed); } .failed, .undecided { color: var(--failed); } .advisory, .not-attempted { color: var(--quiet); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 8px 0; }
dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
details { margin: 8px 0; } summary { cursor: pointer; }
ul { margin: 4px 0; padding-left: 20px; }
@media print { :root { color-scheme: light; --panel: #fff; --stage: #fff; --line: #bbb; --text: #111; --quiet: #555; --passed: #1d6b1d; --failed: #a32a1d; --accent: #8a6414; } figure, tr { break-inside: avoid; } details > *:not(summary) { display: block; } }
`
