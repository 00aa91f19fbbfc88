/** The one style of all pages; the Swagger UI brings its own beside it. Light or dark, as the reader's machine says. */

export const STYLE = `:root {
  color-scheme: light dark;
  --ground: #fbfaf8;
  --text: #23211e;
  --soft: #66615a;
  --line: #e2ded7;
  --block: #f1eee9;
  --accent: #0b6257;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #171614;
    --text: #e9e5df;
    --soft: #a29b91;
    --line: #34312c;
    --block: #211f1c;
    --accent: #6fcdbd;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 17px/1.6 system-ui, sans-serif; }
a { color: var(--accent); text-underline-offset: 0.2em; }
a:focus-visible, pre:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }

.skip { position: absolute; left: -100vw; }
.skip:focus { left: 0.5rem; top: 0.5rem; padding: 0.25rem 0.75rem; background: var(--ground); }
.top {
  display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.25rem 2rem;
  padding: 0.75rem 1.25rem; border-bottom: 1px solid var(--line);
}
.top nav { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; }
.top a { padding: 0.25rem 0; color: var(--soft); text-decoration: none; font-size: 0.94rem; }
.top a:hover { color: var(--accent); text-decoration: underline; }
.top a[aria-current] { color: var(--text); box-shadow: inset 0 -2px var(--accent); }
.top .brand { color: var(--text); font-weight: 650; font-size: 1.05rem; letter-spacing: -0.01em; }

.text { max-width: 48rem; margin: 0 auto; padding: 2.5rem 1.25rem 5rem; }
.text h1 { margin: 0 0 1.25rem; font-size: 2.1rem; line-height: 1.15; letter-spacing: -0.02em; }
.text h2 { margin: 2.75rem 0 0.75rem; font-size: 1.4rem; line-height: 1.3; }
.text h3 { margin: 2rem 0 0.5rem; font-size: 1.1rem; line-height: 1.4; }
.text h4 { margin: 1.25rem 0 0.5rem; font-size: 1rem; line-height: 1.4; }
.text p, .text ul, .text ol, .text dl { margin: 0 0 1rem; }
.text li { margin: 0.25rem 0; }
.text code { font: 0.84rem/1.55 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.text pre {
  margin: 0 0 1rem; padding: 0.9rem 1rem; overflow-x: auto; font-size: 0.84rem; line-height: 1.55;
  background: var(--block); border: 1px solid var(--line); border-radius: 6px;
}
.text pre code { overflow-wrap: normal; }
.scroll { overflow-x: auto; margin: 0 0 1rem; }
.text table { border-collapse: collapse; width: 100%; }
.text td:first-child { white-space: nowrap; }
.text th, .text td { padding: 0.4rem 1rem 0.4rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
.soft { color: var(--soft); }
section { scroll-margin-top: 1rem; }
.self { color: inherit; text-decoration: none; }
.self:hover { text-decoration: underline; }
section:target > :first-child { color: var(--accent); }

.places, .facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.35rem 1.5rem; }
.facts { gap: 0.2rem 1.5rem; }
.places dd, .facts dt { color: var(--soft); }
.places dd, .facts dd, .fields dd { margin: 0; }
.index { columns: 16rem; padding: 0; list-style: none; }
.index li { break-inside: avoid; }
.fields { border-top: 1px solid var(--line); }
.fields dt { padding-top: 0.5rem; }
.fields dd { padding-bottom: 0.5rem; border-bottom: 1px solid var(--line); font-size: 0.94rem; color: var(--soft); }
.fields dd p { margin: 0; }
.fields dt code { font-weight: 650; }

/* The Swagger UI brings its own colours. */
.dark-mode { --ground: #1c2022; --line: #3b4043; }
.tool noscript p { padding: 2rem 1.25rem; }

@media (max-width: 34rem) {
  .places, .facts { grid-template-columns: 1fr; gap: 0; }
  .places dd, .facts dd { margin-bottom: 0.6rem; }
}
`;
