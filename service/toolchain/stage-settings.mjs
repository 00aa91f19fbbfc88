// A plugin of the Serverless Framework: gives the functions the settings that the environment of `npm run deploy` names. What is
// not set is not passed on; each function gets those that it reads, and secrets go to no function but those that run tasks.

const ANSWERS = ['CORS_ORIGINS', /^OIDC_[A-Z_]+$/];
const RUNS = ['EGRESS_ALLOW', /^SECRET_[A-Z0-9_]+$/];
const ALL = ['LOG_LEVEL', 'TIMING'];

/** By function; what is not named here reads none but those of all. */
const READ = {
  http: [...ANSWERS, /^RATE_LIMIT_[A-Z_]+$/, 'DEFAULT_TYPE', ...RUNS],
  connect: ANSWERS,
  message: ANSWERS,
  sweep: ANSWERS,
  work: RUNS,
  isolated: RUNS,
};

/** @param {string} name @param {Readonly<Record<string, string | undefined>>} environment */
export function settingsOf(name, environment) {
  const isRead = (variable) =>
    [...ALL, ...(READ[name] ?? [])].some((each) =>
      typeof each === 'string' ? each === variable : each.test(variable),
    );
  return Object.fromEntries(Object.entries(environment).filter(([variable]) => isRead(variable)));
}

/** The framework calls it with `new`: https://www.serverless.com/framework/docs/guides/plugins/creating-plugins */
function stageSettings({ service }) {
  const initialize = () => {
    for (const [name, each] of Object.entries(service.functions))
      each.environment = { ...each.environment, ...settingsOf(name, process.env) };
  };
  return { hooks: { initialize } };
}
export { stageSettings as 'module.exports' };
