type Environment = Readonly<Record<string, string | undefined>>;

/** The exit code. Throws CannotRun. */
export function packageStage(args: readonly string[], environment?: Environment): Promise<number>;
