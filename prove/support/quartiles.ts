/** Quarter, median and three quarters of times, in whole microseconds. @param times in milliseconds */
export function quartiles(times: readonly number[]): readonly [quarter: number, median: number, threeQuarters: number] {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.floor(sorted.length * share)] ?? Number.NaN) * 1000);
  return [at(0.25), at(0.5), at(0.75)];
}
