/**
 * Numbers for CloudWatch as lines of the log, in its embedded metric format: no call, no permission.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
const NAMESPACE = 'Holdfast';

export interface Metric {
  readonly name: 'DeadTasks' | 'Incidents';
  readonly stage: string;
  readonly atMs: number;
  readonly count: number;
  /** A failure class or the like: few there are, for each is a metric of its own. */
  readonly class?: string;
}

/** One line, without its end. Summed by stage, and by stage and class. */
export function metricLine({ name, stage, atMs, count, class: failureClass }: Metric): string {
  const byClass = failureClass === undefined ? [] : [['Stage', 'Class']];
  const metrics = {
    Namespace: NAMESPACE,
    Dimensions: [['Stage'], ...byClass],
    Metrics: [{ Name: name, Unit: 'Count' }],
  };
  const dimensions = { Stage: stage, ...(failureClass !== undefined && { Class: failureClass }) };
  return JSON.stringify({ _aws: { Timestamp: atMs, CloudWatchMetrics: [metrics] }, ...dimensions, [name]: count });
}
