/**
 * How many samples a percentile needs to be worth an alarm: 10/(1−p) from p50 on, 10/p below
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/percentiles-with-low-samples.html). 0, p0 and p100: any.
 * `percent` is 0–100; undefined for statistics that are not percentiles.
 */
export const samplesNeeded = (percent: number | undefined): number => {
  if (percent === undefined || percent <= 0 || percent >= 100) return 0
  // Twelve digits: 100 − 99.9 is not 0.1 in binary, and one sample too many must not be asked for.
  return Number((1000 / (Math.min(percent, 100 - percent))).toPrecision(12))
}
