export type { TextJob } from '../storage/database.ts';
