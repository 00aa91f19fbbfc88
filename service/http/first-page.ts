/** The page at `/`, until the dashboard has it: what this is, the first commands, and where to look. */

export const FIRST_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Holdfast</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<main>
<header>
<h1>Holdfast</h1>
<p class="promise">A 202 is a receipt.</p>
</header>
<p>Holdfast takes a task over HTTP, stores it durably before it answers, runs it with retries, and keeps what failed until
somebody runs it again. A task that was accepted reaches a final state that is recorded once, or stands in the failure inbox
with its reason, whatever crashes in between.</p>

<h2>Submit a task</h2>
<pre><code>curl -i localhost:4000/tasks \\
  -H 'content-type: application/json' \\
  -d '{"taskId":"task124","payload":{"data":"test data"}}'</code></pre>
<p>The answer is 202 with the stored task. The same request again is a replay: 200 and the task as it is now. Another
request under the same id is 409. The simulated work fails now and then, and is retried.</p>

<h2>Wait for its end</h2>
<pre><code>curl 'localhost:4000/tasks/task124?wait=20'</code></pre>

<h2>See one fail, and run it again</h2>
<p>Simulated tasks whose id ends in 3 always fail. After three attempts this one is dead and stands in the inbox:</p>
<pre><code>curl localhost:4000/tasks \\
  -H 'content-type: application/json' \\
  -d '{"taskId":"task123","payload":{"data":"test data"}}'
curl 'localhost:4000/tasks/task123?wait=25'
curl 'localhost:4000/tasks?status=dead'</code></pre>
<p>A redrive gives it three more attempts and leaves a line in its history:</p>
<pre><code>curl -X POST localhost:4000/tasks/task123/redrive \\
  -H 'content-type: application/json' \\
  -d '{"reason":"The upstream is fixed"}'</code></pre>

<h2>Look inside</h2>
<ul>
<li><a href="/health">/health</a> whether the process is alive</li>
<li><a href="/ready">/ready</a> whether ledger, sweep and workers do their work</li>
<li><a href="/tasks">/tasks</a> all tasks, newest first</li>
<li><a href="/openapi.json">/openapi.json</a> the contract: every operation, field and problem</li>
</ul>
</main>
</body>
</html>
`;

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
main { max-width: 44rem; margin: 0 auto; padding: 4rem 1.25rem 5rem; }
header { border-bottom: 1px solid var(--line); margin-bottom: 2rem; padding-bottom: 1.25rem; }
h1 { margin: 0; font-size: 2.25rem; line-height: 1.1; letter-spacing: -0.02em; }
h2 { margin: 2.5rem 0 0.75rem; font-size: 1.15rem; line-height: 1.3; }
p { margin: 0 0 1rem; }
.promise { margin: 0.5rem 0 0; color: var(--soft); }
pre {
  margin: 0 0 1rem; padding: 0.9rem 1rem; overflow-x: auto;
  background: var(--block); border: 1px solid var(--line); border-radius: 6px;
}
code { font: 0.84rem/1.55 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
ul { margin: 0; padding: 0; list-style: none; color: var(--soft); }
li { padding: 0.35rem 0; }
a { display: inline-block; min-width: 9rem; color: var(--accent); text-underline-offset: 0.2em; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
`;
