"""The look of a batch's summary: the colours of the site of rules, bars as wide as the page, A4 when printed."""

from __future__ import annotations

from conseil_dla.papers.documents.palette import DARK, LIGHT, PRINT, palette

STYLE = (
    f"""
:root {{ color-scheme: light dark; {palette(LIGHT)} }}
@media (prefers-color-scheme: dark) {{
  :root {{ {palette(DARK)} }}
}}
@media print {{
  :root {{ color-scheme: light; {palette(PRINT)} }}
}}
"""
    + """\
* { box-sizing: border-box; }
html { background: var(--paper); }
body { margin: 0 auto; padding: 1.5rem 1.25rem 3rem; max-width: 52rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 Charter, "Bitstream Charter", Cambria, Georgia, "Liberation Serif", serif; overflow-wrap: anywhere; }
h1, h2, th, td, dt, .day { font-family: "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", sans-serif; }
h1 { margin: 0; font-size: 1.7rem; line-height: 1.25; }
.day { margin: .2rem 0 1rem; color: var(--quiet); }
h2 { margin: 2.4rem 0 .5rem; padding-bottom: .2rem; font-size: 1.25rem; line-height: 1.3;
  border-bottom: 2px solid var(--edge); }
p { margin: .4rem 0; }
.own { padding: .7rem 1rem; border: 2px solid var(--mark); border-radius: 4px; background: var(--sheet); }
.own strong { color: var(--mark); }
.lead, .scale { color: var(--quiet); font-size: .92rem; }
.brief { font-size: 1.08rem; }
table { width: 100%; margin: .6rem 0 0; border-collapse: collapse; table-layout: fixed; }
caption, .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { padding: .4rem 0; text-align: left; vertical-align: top; font-size: .95rem; line-height: 1.35; }
thead th { padding-bottom: .2rem; color: var(--quiet); font-size: .85rem; vertical-align: bottom; }
tbody th { font-weight: 400; }
thead tr { border-bottom: 1px solid var(--edge); }
.number { width: 6.2rem; padding-left: .8rem; text-align: right; font-variant-numeric: tabular-nums;
  overflow-wrap: normal; }
.number.none { color: var(--quiet); }
.code { color: var(--quiet); font-size: .85rem; white-space: nowrap; }
svg { display: block; width: 100%; height: .8rem; margin-top: .3rem; }
svg .whole { fill: none; stroke: var(--edge); }
svg .full { fill: var(--link); stroke: var(--link); }
svg .hollow { fill: var(--paper); stroke: var(--link); }
svg rect, svg line { vector-effect: non-scaling-stroke; stroke-width: 1.5px; }
svg line { stroke-width: 1px; }
svg.key { display: inline-block; width: 2rem; margin: 0 .3rem 0 0; vertical-align: -.1rem; }
dl { margin: .6rem 0 0; }
dl > div { margin: .45rem 0; }
dt { color: var(--quiet); font-size: .85rem; font-weight: 600; }
dd { margin: 0; }
@media (min-width: 40rem), print {
  dl > div { display: grid; grid-template-columns: 10rem minmax(0, 1fr); gap: 0 1rem; }
}
@media (max-width: 30rem) {
  .number { width: 4.6rem; padding-left: .5rem; }
}
@page { size: A4; margin: 15mm 17mm 17mm; }
@page { @bottom-right { content: counter(page) " / " counter(pages); font: 8.5pt sans-serif; } }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; line-height: 1.4; }
  h1 { font-size: 16pt; }
  h2 { margin-top: 14pt; font-size: 12.5pt; }
  .own { padding: 5pt 8pt; }
  .brief { font-size: 10.5pt; }
  th, td { padding: 3pt 0; font-size: 9.5pt; }
  svg { height: 7pt; margin-top: 2pt; }
  h1, h2, .lead, .scale { break-after: avoid; break-inside: avoid; }
  tr, dl > div, .own { break-inside: avoid; }
  thead { display: table-header-group; }
}
"""
)
