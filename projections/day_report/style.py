"""The report's style sheet: a calm official page that prints on A4 by itself."""

from __future__ import annotations

import json


def style_sheet(heading: str, language: str) -> str:
    """Return the CSS, with ``heading`` in the margin of every page but the first."""
    page = '"第 " counter(page) " 页，共 " counter(pages) " 页"'
    if language != "zh":
        page = '"Page " counter(page) " of " counter(pages)'
    # A CSS string takes the escapes of a JSON string except \uXXXX and "</".
    running = json.dumps(heading, ensure_ascii=False).replace("<", "\\3c ")
    return _SHEET.replace("PAGE", page).replace("RUNNING", running)


_SHEET = """
@page { size: A4; margin: 22mm 18mm 20mm 18mm;
  @top-left { content: RUNNING; font: 8.5pt sans-serif; color: #52606d; }
  @bottom-center { content: PAGE; font: 8.5pt sans-serif; color: #52606d; } }
@page :first { @top-left { content: none; } }
:root { --ink: #1f2933; --quiet: #52606d; --line: #cbd2d9; --red: #a61b1b;
  --sans: "Source Han Sans SC", "Noto Sans CJK SC", "Microsoft YaHei",
    "PingFang SC", sans-serif;
  --serif: "Source Han Serif SC", "Noto Serif CJK SC", "SimSun", "Songti SC", serif; }
* { box-sizing: border-box; }
html { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { margin: 0; background: #f5f7fa; color: var(--ink);
  font: 10.5pt/1.65 var(--serif); }
main { width: 174mm; margin: 8mm auto; padding: 18mm; box-sizing: content-box;
  background: #fff; }
@media print { body { background: #fff; }
  main { width: auto; margin: 0; padding: 0; } }
header { text-align: center; margin-bottom: 7mm; }
.issuer { color: var(--red); font: 700 20pt/1.3 var(--serif); letter-spacing: .12em;
  padding-bottom: 3mm; border-bottom: .6mm solid var(--red); margin-bottom: 7mm; }
.en .issuer { letter-spacing: 0; }
h1 { font: 700 19pt/1.3 var(--serif); margin: 0 0 2mm; }
.sub { color: var(--quiet); font: 9.5pt/1.7 var(--sans); }
h2 { font: 700 13pt/1.4 var(--sans); margin: 9mm 0 3mm; break-after: avoid; }
h3 { font: 700 10.5pt/1.4 var(--sans); margin: 5mm 0 2mm; break-after: avoid; }
p { margin: 0 0 2mm; }
.zh .statement p { text-indent: 2em; }
.statement { font-size: 11.5pt; line-height: 1.75; }
.keys { display: grid; grid-template-columns: repeat(6, 1fr); margin: 5mm 0;
  border-top: .3mm solid var(--ink); border-bottom: .3mm solid var(--ink); }
.keys div { padding: 2.5mm 1mm; text-align: center; font: 8.5pt/1.4 var(--sans);
  color: var(--quiet); }
.keys b { display: block; font: 700 15pt/1.3 var(--sans); color: var(--ink);
  font-variant-numeric: tabular-nums; }
.keys small { font-size: 8pt; font-weight: 400; }
.sign { display: flex; justify-content: space-between; gap: 8mm; margin-top: 9mm;
  font: 10pt var(--sans); }
.sign span { flex: 1; border-bottom: .2mm solid var(--ink); padding-bottom: 1.5mm; }
table { border-collapse: collapse; width: 100%; margin: 0 0 4mm;
  font: 8.8pt/1.45 var(--sans); font-variant-numeric: tabular-nums; }
thead { display: table-header-group; }
tr, .short { break-inside: avoid; }
th { font-weight: 600; word-break: keep-all; text-align: left; color: var(--quiet);
  vertical-align: bottom;  border-bottom: .3mm solid var(--ink); padding: 1mm 1.2mm; }
td { border-bottom: .15mm solid var(--line); padding: 1mm 1.2mm;
  vertical-align: top; }
td.n { text-align: right; white-space: nowrap; }
th.n { text-align: right; }
.t { white-space: nowrap; }
td.names { min-width: 28mm; }
.total td { font-weight: 600; border-bottom: .3mm solid var(--ink); }
.records { color: var(--quiet); font-size: 8pt; }
.bad { color: var(--red); font-weight: 600; }
figure { margin: 0 0 5mm; break-inside: avoid; }
figcaption { font: 8.5pt/1.5 var(--sans); color: var(--quiet); margin-top: 1mm; }
svg { display: block; max-width: 100%; height: auto; font-family: var(--sans); }
.small { display: grid; grid-template-columns: 1fr 1fr; gap: 4mm 6mm; }
.small figure { margin: 0; }
.small figcaption { color: var(--ink); font-weight: 600; margin: 0 0 1mm; }
.heat td, .heat th { text-align: center; padding: .8mm .3mm; font-size: 7.6pt; }
.heat td:first-child, .heat th:first-child { text-align: left; white-space: nowrap;
  padding-right: 2mm; }
.legend { font: 8.5pt var(--sans); margin-bottom: 2mm; }
.legend i { display: inline-block; width: 5mm; height: 2.6mm; margin: 0 1.2mm 0 4mm; }
.legend i:first-child { margin-left: 0; }
.page { break-before: page; margin-top: 0; }
ol.method { padding-left: 6mm; font-size: 9.5pt; }
.note { color: var(--quiet); font: 9pt var(--sans); }
"""
