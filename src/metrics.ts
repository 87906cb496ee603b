import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** The metrics a server publishes at /metrics. */
export interface Metrics {
  readonly registry: Registry;
  /** Seconds a request took, by operation, family and status. */
  readonly requests: Histogram<'operation' | 'family' | 'status'>;
  /** Completed tasks, by type and completion status. */
  readonly tasksCompleted: Counter<'type' | 'status'>;
  /** Tasks running in this process. */
  readonly tasksRunning: Gauge;
}

/** How many jobs of a lane are due, running, or failed at their last attempt. */
interface LaneFigures {
  readonly lane: string;
  readonly due: number;
  readonly running: number;
  readonly failed: number;
}

/** Publishes how many jobs there are; `count` is called each time the metrics are read. */
export function addJobMetrics({ registry }: Metrics, count: () => Promise<readonly LaneFigures[]>): void {
  const gauge: Gauge<'lane' | 'state'> = new Gauge({
    name: 'muniment_jobs',
    help: 'Jobs of all servers by lane that are due, that run, and whose last attempt failed.',
    labelNames: ['lane', 'state'],
    registers: [registry],
    collect: async () => {
      const lanes = await count();
      gauge.reset();
      for (const { lane, ...figures } of lanes) {
        for (const [state, number] of Object.entries(figures)) {
          gauge.set({ lane, state }, number);
        }
      }
    },
  });
}

/** Creates the metrics of one server, in a separate registry. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    requests: new Histogram({
      name: 'muniment_request_duration_seconds',
      help: 'Seconds from the arrival of a request to the end of its response.',
      labelNames: ['operation', 'family', 'status'],
      buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10],
      registers: [registry],
    }),
    tasksCompleted: new Counter({
      name: 'muniment_tasks_completed_total',
      help: 'Completed tasks, by type and completion status.',
      labelNames: ['type', 'status'],
      registers: [registry],
    }),
    tasksRunning: new Gauge({
      name: 'muniment_tasks_running',
      help: 'Tasks running in this process.',
      registers: [registry],
    }),
  };
}
