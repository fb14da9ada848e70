"""The look of HTML papers: dark on white, fonts that are there already, A4 when printed."""

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
html { background: #fff; }
body { margin: 0 auto; padding: 2rem 1.25rem; max-width: 46rem; background: #fff; color: #1a1a1a;
  font: 1rem/1.5 Charter, "Bitstream Charter", Cambria, Georgia, "Liberation Serif", serif; overflow-wrap: anywhere; }
h1, h2, h3, th, .kind, footer, figcaption, svg { font-family: "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans",
  sans-serif; }
header { border-bottom: 2px solid #1a1a1a; margin-bottom: 1.5rem; padding-bottom: .5rem; }
h1 { margin: .2rem 0 0; font-size: 1.6rem; line-height: 1.25; }
.kind { margin: 0; color: #444; font-size: .95rem; }
h2 { margin: 1.6rem 0 .4rem; font-size: 1.15rem; line-height: 1.3; }
h3 { margin: 1rem 0 .3rem; font-size: 1rem; }
p { margin: .4rem 0; }
.lead { font-weight: 600; }
.quiet { color: #444; font-size: .88rem; }
blockquote { margin: .5rem 0; padding-left: .9rem; border-left: 3px solid #666; font-style: italic; }
ul { margin: .4rem 0; padding-left: 1.3rem; }
li { margin: .2rem 0; }
ul.boxes { list-style: none; padding-left: 0; }
ul.boxes li { padding-left: 1.5rem; position: relative; }
ul.boxes li::before { content: ""; position: absolute; left: 0; top: .3em; width: .85em; height: .85em;
  border: 1.5px solid #1a1a1a; }
table { width: calc(100% - 1px); margin: .6rem 0; border-collapse: collapse; table-layout: fixed; font-size: .94rem; }
th, td { padding: .3rem .5rem; border: 1px solid #777; text-align: left; vertical-align: top; }
thead th { background: #eee; font-size: .9rem; }
tbody th { font: inherit; }
.ballot { margin: .7rem 0; break-inside: avoid; }
.ballot p { margin: 0; font-weight: 600; }
.ballot .note { font-weight: 400; font-style: italic; }
.ballot ul { display: grid; grid-template-columns: 1fr 1fr; gap: .1rem 1.4rem; margin: .15rem 0; padding-right: 2px; }
.ballot li { display: flex; justify-content: space-between; gap: .5rem; margin: .1rem 0; line-height: 1.3; }
.hands { flex: none; width: 2.2em; height: 1.35em; border: 1px solid #777; }
figure.compass { margin: .8rem 0; text-align: center; break-inside: avoid; }
figure.compass svg { width: 100%; max-width: 26rem; height: auto; }
figcaption { font-size: .9rem; }
footer { margin-top: 2rem; border-top: 1px solid #777; padding-top: .4rem; color: #444; font-size: .85rem; }
@page { size: A4; margin: 15mm 17mm 17mm; }
@page { @bottom-right { content: counter(page) " / " counter(pages); font: 8.5pt sans-serif; color: #444; } }
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt; line-height: 1.4; font-size-adjust: .45; }
  h1 { font-size: 16pt; }
  header { margin-bottom: 10pt; padding-bottom: 4pt; }
  h2 { font-size: 12.5pt; margin-top: 10pt; }
  table { margin: 5pt 0; font-size: 10pt; }
  th, td { padding: 2pt 5pt; }
  h3 { font-size: 11pt; margin-top: 8pt; }
  h1, h2, h3, .lead { break-after: avoid; break-inside: avoid; }
  .apart { break-before: page; }
  figure { break-inside: avoid; }
  .quiet { font-size: 9pt; }
  p, li { orphans: 2; widows: 2; }
  .ballot { margin: 3pt 0; font-size: 9.4pt; }
  .ballot li { line-height: 1.25; }
  tr, li, blockquote, table.short { break-inside: avoid; }
  thead { display: table-header-group; }
  thead th { background: none; border-bottom: 2px solid #1a1a1a; }
  footer { margin-top: 8pt; }
}
"""
