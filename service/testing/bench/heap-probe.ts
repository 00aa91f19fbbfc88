/** Loaded before the server: answers each message of its parent with the live heap after a full collection. */
declare const gc: () => void;

process.on('message', () => {
  gc();
  gc();
  const { heapUsed, external } = process.memoryUsage();
  process.send!(heapUsed + external);
});
// Asking must not keep the server alive.
process.channel?.unref();
