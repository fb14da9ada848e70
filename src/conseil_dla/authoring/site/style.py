"""The look of the site: one palette for light, one for dark, ink alone on paper."""

from __future__ import annotations

from conseil_dla.papers.documents.palette import DARK, LIGHT, PRINT, palette

STYLE_FILE = "style.css"

STYLE = (
    f"""\
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
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: break-word;
  font: 1rem/1.55 Charter, "Bitstream Charter", Cambria, Georgia, "Liberation Serif", serif; }
h1, h2, h3, nav, dt, .about, .site, form, footer, .skip { font-family: "Segoe UI", "Helvetica Neue", Arial,
  "Liberation Sans", sans-serif; }
a { color: var(--link); text-underline-offset: .15em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
[hidden] { display: none; }
.skip { position: absolute; left: .5rem; top: -6rem; padding: .5rem .8rem; background: var(--paper); z-index: 2; }
.skip:focus { top: .5rem; }
body > header { display: flex; flex-wrap: wrap; gap: .5rem 2rem; align-items: flex-start; padding: .8rem 1.25rem;
  background: var(--sheet); border-bottom: 1px solid var(--edge); }
.site { margin: 0; padding: .35rem 0; font-weight: 600; }
.site a { color: var(--ink); text-decoration: none; }
.site a:hover { text-decoration: underline; }
form { flex: 1 1 20rem; max-width: 40rem; }
form label { display: block; font-size: .85rem; color: var(--quiet); }
form input { width: 100%; padding: .45rem .6rem; font: inherit; color: var(--ink); background: var(--paper);
  border: 1px solid var(--edge); border-radius: 3px; }
#combien { margin: .3rem 0 0; min-height: 1.4em; font-size: .88rem; color: var(--quiet); }
#resultats { list-style: none; margin: 0; padding: 0; max-height: 60vh; overflow-y: auto; background: var(--paper);
  border: 1px solid var(--edge); }
#resultats a { display: block; padding: .4rem .6rem; text-decoration: none; border-bottom: 1px solid var(--sheet); }
#resultats a:hover, #resultats a:focus { background: var(--lit); text-decoration: underline; outline-offset: -3px; }
.kind { color: var(--quiet); font-size: .85rem; }
.frame { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0 2.5rem; padding: 0 1.25rem; max-width: 76rem;
  margin: 0 auto; }
.pages { font-size: .92rem; padding: .8rem 0; }
.pages ul { list-style: none; display: flex; flex-wrap: wrap; gap: .1rem 1rem; margin: 0; padding: 0; }
.pages a { display: inline-block; padding: .2rem 0; }
.pages a[aria-current] { color: var(--ink); font-weight: 600; text-decoration: none; }
@media (min-width: 62rem) {
  .frame { grid-template-columns: 15rem minmax(0, 1fr); }
  .pages { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: 1.6rem 0; }
  .pages ul { display: block; }
}
main { max-width: 48rem; padding: .8rem 0 3rem; }
h1 { margin: .4rem 0 .6rem; font-size: 1.7rem; line-height: 1.25; }
h2 { margin: 2.4rem 0 .8rem; padding-bottom: .2rem; font-size: 1.3rem; line-height: 1.3;
  border-bottom: 2px solid var(--edge); }
h3 { margin: 0; font-size: 1.08rem; line-height: 1.35; }
p { margin: .4rem 0; }
ul { margin: .3rem 0; padding-left: 1.3rem; }
li { margin: .15rem 0; }
.contents { font-size: .95rem; }
.contents .part { display: flex; flex-wrap: wrap; gap: 0 1.2rem; align-items: baseline; }
.contents .part > p { margin: .1rem 0; }
.contents summary { cursor: pointer; padding: .15rem 0; font-size: .88rem; color: var(--quiet); }
.contents details[open] { flex-basis: 100%; }
article { margin: 0 0 1.4rem; padding: .9rem 1.1rem; border: 1px solid var(--edge); border-radius: 4px;
  background: var(--sheet); }
article:target { border-color: var(--link); box-shadow: inset .35rem 0 var(--link); }
article:target h3 { background: var(--lit); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.about { margin: .1rem 0 .5rem; font-size: .85rem; color: var(--quiet); }
code { font: .92em "Cascadia Mono", Consolas, "Liberation Mono", monospace; overflow-wrap: anywhere; }
.about a { color: var(--quiet); }
.mark { padding: 0 .35em; border: 1px solid var(--mark); border-radius: 3px; color: var(--mark); font-weight: 600; }
.lead { font-size: 1.05rem; }
dl { margin: .6rem 0 0; }
dl > div { margin: .45rem 0; }
dt { font-size: .85rem; font-weight: 600; color: var(--quiet); }
dd { margin: 0; }
@media (min-width: 48rem), print {
  dl > div { display: grid; grid-template-columns: 9rem minmax(0, 1fr); gap: 0 1rem; }
  dt { padding-top: .12rem; }
  .many { columns: 2; column-gap: 2rem; }
  .many > li { margin: 0; padding: .15rem 0; break-inside: avoid; }
}
dd > p, dd > ul { margin: .1rem 0; }
footer { padding: .8rem 1.25rem 2rem; font-size: .85rem; color: var(--quiet); border-top: 1px solid var(--edge); }
@page { size: A4; margin: 15mm 16mm 16mm; }
@page { @bottom-right { content: counter(page) " / " counter(pages); font: 8.5pt sans-serif; } }
@media print {
  body { font-size: 10pt; line-height: 1.4; }
  .skip, body > header, .pages, .contents, noscript { display: none; }
  .frame { display: block; padding: 0; max-width: none; }
  main { max-width: none; padding: 0; }
  a { text-decoration: none; }
  h1 { font-size: 16pt; }
  h2 { margin: 14pt 0 6pt; font-size: 12.5pt; }
  h3 { font-size: 11pt; }
  article, article:target { margin: 0 0 8pt; padding: 4pt 0 0; border: 0; border-top: 1px solid var(--edge);
    border-radius: 0; box-shadow: none; }
  .lead { font-size: 10.5pt; }
  dl { margin-top: 3pt; }
  dl > div { margin: 2pt 0; }
  h1, h2, h3, .about { break-after: avoid; break-inside: avoid; }
  article.short, li, .row, .lead { break-inside: avoid; }
  p, li, dd { orphans: 2; widows: 2; }
  footer { padding: 6pt 0 0; }
}
"""
)
