/** The only source of chance in this package: streams of numbers that a seed and a label decide. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A stream of random numbers. Drawing from it changes it; two streams of the same seed and label draw the same. */
export interface Random {
  /** 32 random bits as an integer, -2^31 to 2^31 - 1. */
  bits(): number;
  /** Uniform, 0 (included) to 1 (excluded). */
  float(): number;
  /** Uniform integer, both ends included. */
  int(low: number, high: number): number;
  /** True with this probability, 0 to 1. */
  chance(probability: number): boolean;
  /** One of the items, each as likely as the others; the list must not be empty. */
  pick<T>(items: readonly T[]): T;
  /** One of the items, as likely as its weight says; weights are 0 or more, and not all 0. */
  weighted<T>(items: readonly (readonly [item: T, weight: number])[]): T;
  /** Exponentially distributed, 0 or more, with this mean. */
  exponential(mean: number): number;
  /** Log-normally distributed, above 0; half of the draws are below `median`. See {@link logNormalMean}. */
  logNormal(median: number, sigma: number): number;
}

/** Mean of what {@link Random.logNormal} draws: above the median, the more so the higher sigma. */
export function logNormalMean(median: number, sigma: number): number {
  return median * Math.exp((sigma * sigma) / 2);
}

/**
 * A stream of its own for each seed and label.
 *
 * @param seed any integer, of which 32 bits count
 * @param labels what the stream is for, so that drawing more for one purpose never moves another
 */
export function randomStream(seed: number, ...labels: readonly (string | number)[]): Random {
  const generator = xoroshiro128plus(mix(seed, labels.join('/')));
  // The generator's first draws still resemble its seed; neighbouring seeds must not give neighbouring people.
  for (let skipped = 0; skipped < 8; skipped++) generator.next();

  const float = (): number => ((generator.next() >>> 5) * 67_108_864 + (generator.next() >>> 6)) / 9_007_199_254_740_992;
  const pick = <T>(items: readonly T[]): T => {
    if (items.length === 0) throw new RangeError('pick: the list is empty');
    return items[Math.floor(float() * items.length)] as T;
  };
  return {
    bits: () => generator.next(),
    float,
    int: (low, high) => low + Math.floor(float() * (high - low + 1)),
    chance: (probability) => float() < probability,
    pick,
    weighted: (items) => {
      let left = float() * items.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of items) {
        left -= weight;
        if (left < 0) return item;
      }
      return pick(items.filter(([, weight]) => weight > 0))[0];
    },
    exponential: (mean) => -mean * Math.log(1 - float()),
    logNormal: (median, sigma) => median * Math.exp(sigma * Math.sqrt(-2 * Math.log(1 - float())) * Math.cos(2 * Math.PI * float())),
  };
}

/** FNV-1a over the label, begun from the seed and stirred at the end, so that each bit of both counts. */
function mix(seed: number, label: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let index = 0; index < label.length; index++) hash = Math.imul(hash ^ label.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
