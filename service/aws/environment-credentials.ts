/**
 * In the place of the SDK's own chain in the bundles of the functions: Lambda has the credentials of its role in the environment
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html).
 */
interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Rejects outside of Lambda. */
export const defaultProvider = () => (): Promise<Credentials> => {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY)
    return Promise.reject(new Error('The environment has no AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.'));
  return Promise.resolve({
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
  });
};
