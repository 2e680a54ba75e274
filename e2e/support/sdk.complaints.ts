/** The SDK hides some answers of a wrong form behind a warning; here such a warning fails the test. */
const COMPLAINT = 'Transform validation failed';

const complaints: string[] = [];
const warn = console.warn.bind(console);
console.warn = (...words: unknown[]) => {
  const line = words.map(String).join(' ');
  if (line.includes(COMPLAINT)) complaints.push(line);
  // What a test asks for on purpose is no news.
  else if (!line.includes('[Warn:AllowMultiple]')) warn(...words);
};

/** The warnings since the last time. */
export const takeComplaints = (): string[] => complaints.splice(0);
