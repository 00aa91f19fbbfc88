/**
 * A plugin of the Serverless Framework: gives the functions the settings that the environment of `npm run deploy` names. What is
 * not set is not passed on; each function gets those that it reads, and secrets go to those alone that run attempts. What no
 * function could use is refused here: on AWS it would be a stage that answers 500.
 */
import { readAwsSettings } from '../lambda/settings.ts';
import { UnusableSettings } from '../settings-reader.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const ALL = /^(?:LOG_LEVEL|TIMING)$/;
const BREAKS = /^FAULTS_ALLOWED$/;
const ADMITS = /^(?:CORS_ORIGINS|OIDC_[A-Z_]+)$/;
const RUNS = /^(?:EGRESS_ALLOW|SECRET_[A-Z0-9_]+)$/;

/** By function; one that is not named here reads none but those of all. */
const READ: Readonly<Record<string, readonly RegExp[]>> = {
  http: [ADMITS, BREAKS, /^(?:DEFAULT_TYPE|RATE_LIMIT_[A-Z_]+)$/],
  connect: [ADMITS],
  message: [ADMITS],
  sweep: [ADMITS, BREAKS],
  work: [RUNS, BREAKS],
  isolated: [RUNS, BREAKS],
};

export const settingsOf = (name: string, environment: Environment): Environment =>
  Object.fromEntries(
    Object.entries(environment).filter(([variable]) =>
      [ALL, ...(READ[name] ?? [])].some((each) => each.test(variable)),
    ),
  );

/** Throws UnusableSettings. */
export function refuseUnusable(environment: Environment, stage: string): void {
  const ofAll = Object.keys(READ).map((name) => settingsOf(name, environment));
  readAwsSettings([], Object.assign({ STAGE: stage, IDENTITY: 'required' }, ...ofAll) as Environment);
}

interface Framework {
  readonly service: {
    readonly provider: { readonly stage: string };
    readonly functions: Readonly<Record<string, { environment?: Environment }>>;
  };
  /** An error of its own is shown without a stack. */
  readonly classes: { readonly Error: new (message: string) => Error };
}

/** The framework calls it with `new`: https://www.serverless.com/framework/docs/guides/plugins/creating-plugins */
function stageSettings({ service, classes }: Framework) {
  const initialize = () => {
    try {
      refuseUnusable(process.env, service.provider.stage);
    } catch (error) {
      throw error instanceof UnusableSettings ? new classes.Error(error.message) : error;
    }
    for (const [name, each] of Object.entries(service.functions))
      each.environment = { ...each.environment, ...settingsOf(name, process.env) };
  };
  return { hooks: { initialize } };
}
export { stageSettings as 'module.exports' };
