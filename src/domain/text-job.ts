export type { TextJob } from '../storage/text-job.ts';
