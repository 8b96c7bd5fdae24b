import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** One value of a metric. Labels have few values each: never an account, a person, an address or an id. */
export interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface MetricText {
  /** `keng_` and the unit at the end, as Prometheus wants names: `keng_acknowledge_seconds`. */
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
}

/** A limit on how many series one metric may have in one process: a mistake in a label must not fill a monitoring disk. */
const MAXIMUM_SERIES = 500;

/**
 * What one process counts, in the form of Prometheus. Values are read when somebody asks, from counters that the parts keep anyway:
 * nothing is counted twice, and a centre that nobody watches does no work for it.
 */
export class ProcessMetrics {
  readonly #registry = new Registry();
  readonly #failed: Counter;

  /** @param processName distinguishes the processes of one machine, e.g. `receiver` */
  constructor(processName: string) {
    this.#registry.setDefaultLabels({ process: processName });
    collectDefaultMetrics({ register: this.#registry });
    this.#failed = new Counter({
      name: 'keng_metrics_failed_total',
      help: 'metrics that could not be read when they were asked for; they are left out of that answer',
      labelNames: ['metric'],
      registers: [this.#registry],
    });
  }

  // `reset` of a metric without labels sets it to 0, which would say "all is well" where nothing is known: it is removed.

  /** A value that goes up and down. */
  gauge(text: MetricText, read: () => readonly Sample[] | Promise<readonly Sample[]>): void {
    const gauge = new Gauge({
      ...this.#base(text),
      collect: async () => {
        if (text.labels) gauge.reset();
        else gauge.remove();
        for (const { labels, value } of await this.#read(text, read)) gauge.set({ ...labels }, value);
      },
    });
  }

  /** A total that somebody else counts since the start of the process. */
  counter(text: MetricText, read: () => readonly Sample[] | Promise<readonly Sample[]>): void {
    const counter = new Counter({
      ...this.#base(text),
      collect: async () => {
        if (text.labels) counter.reset();
        else counter.remove();
        for (const { labels, value } of await this.#read(text, read)) counter.inc({ ...labels }, value);
      },
    });
  }

  /** Returns what to call with each value. */
  histogram(text: Omit<MetricText, 'labels'>, buckets: readonly number[]): (value: number) => void {
    const histogram = new Histogram({ ...this.#base(text), buckets: [...buckets] });
    return (value) => histogram.observe(value);
  }

  /** Plain data: it travels to the parent process, which puts those of all its children together. */
  async report(): Promise<readonly object[]> {
    return await this.#registry.getMetricsAsJSON();
  }

  #base({ name, help, labels }: MetricText) {
    return { name, help, labelNames: [...(labels ?? [])], registers: [this.#registry] };
  }

  /** A database that is away must not take the other metrics with it: they are what says why. */
  async #read(
    { name }: MetricText,
    read: () => readonly Sample[] | Promise<readonly Sample[]>,
  ): Promise<readonly Sample[]> {
    try {
      return (await read()).slice(0, MAXIMUM_SERIES);
    } catch {
      this.#failed.inc({ metric: name });
      return [];
    }
  }
}
