import { afterEach, expect } from 'vitest';
import { takeMisfits } from './answers.js';
import { takeComplaints } from './sdk.complaints.js';

// Run for each file, while what it imports is loaded once for all files of a worker.
afterEach(() => expect(takeComplaints()).toEqual([]));
afterEach(() => expect(takeMisfits()).toEqual([]));
