/** The first page to read: what this is, the first commands, and where to look. */
import { pageText } from './layout.ts';
import { markup } from './markup.ts';

export const FIRST_STEPS = '/docs/first-steps';

export const FIRST_PAGE = pageText({
  path: FIRST_STEPS,
  title: 'First steps · Holdfast',
  main: markup`<h1>A 202 is a receipt</h1>
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
<dl class="places">
<dt><a href="/">/app</a></dt><dd>the dashboard: what happens, as it happens</dd>
<dt><a href="/docs">/docs</a></dt><dd>every operation and field, to be tried here</dd>
<dt><a href="/docs/live">/docs/live</a></dt><dd>the live channel, message by message</dd>
<dt><a href="/docs/problems">/docs/problems</a></dt><dd>every problem, and what to do about it</dd>
<dt><a href="/tasks">/tasks</a></dt><dd>all tasks, newest first</dd>
<dt><a href="/health">/health</a></dt><dd>whether the process is alive</dd>
<dt><a href="/ready">/ready</a></dt><dd>whether ledger, sweep and workers do their work</dd>
<dt><a href="/openapi.json">/openapi.json</a></dt><dd>the contract, for your generator</dd>
<dt><a href="/asyncapi.json">/asyncapi.json</a></dt><dd>the contract of the live channel</dd>
</dl>
`,
});
