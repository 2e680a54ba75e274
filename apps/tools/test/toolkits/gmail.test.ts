import { describeToolkit, shipped } from '../describe-toolkit.js';
import { organisingRuns } from './runs/gmail-organising.js';
import { readingRuns } from './runs/gmail-reading.js';
import { sendingRuns } from './runs/gmail-sending.js';

describeToolkit(shipped('gmail'), [...sendingRuns, ...readingRuns, ...organisingRuns]);
