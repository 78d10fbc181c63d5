/** What a bench measured, and how it is told. */

export interface Figure {
  name: string;
  unit: string;
  /** One number a repetition. */
  samples: number[];
  /** Judged by the median. */
  aim?: { op: '<=' | '>='; value: number };
  /** What the number cannot say: what bounds it, how it was taken. */
  note?: string;
}

/** What one bench gives; the harness runs it in a process of its own. */
export type Bench = (place: Workplace) => Promise<Figure[]>;

export interface Workplace {
  /** A PostgreSQL server for the run, with its ordinary, durable settings. */
  server: string;
  /** Set where profiles are wanted: engines started by the bench write theirs there. */
  profileFolder: string | null;
}

export interface Summary extends Figure {
  median: number;
  lowest: number;
  highest: number;
  /** Null without an aim. */
  reached: boolean | null;
}

export function summarise(figure: Figure): Summary {
  const sorted = [...figure.samples].sort((a, b) => a - b);
  const median = percentile(sorted, 50);
  const { aim } = figure;
  return {
    ...figure,
    median,
    lowest: sorted[0] ?? NaN,
    highest: sorted[sorted.length - 1] ?? NaN,
    reached: aim ? (aim.op === '<=' ? median <= aim.value : median >= aim.value) : null,
  };
}

/**
 * Nearest rank.
 *
 * @param sorted ascending
 * @param percent 0 to 100
 */
export function percentile(sorted: readonly number[], percent: number): number {
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? NaN;
}

export const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
