/** Imported before all else: older versions lack what the server is built on, and would say so in their own words. */

const NEEDED = [24, 15] as const;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  console.error(
    `Holdfast needs Node ${NEEDED.join('.')} or newer; this is ${process.versions.node}. npm start brings its own.`,
  );
  process.exit(1);
}
