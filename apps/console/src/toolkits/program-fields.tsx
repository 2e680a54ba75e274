import { LinesField, TextField } from '../ui/index.js';

export interface ProgramTexts {
  package: string;
  /** One a line. */
  arguments: string;
  /** One a line: `NAME`, or `NAME=value`. */
  environment: string;
}

/** What is run for an MCP server that is a program. */
export function ProgramFields(props: { value: ProgramTexts; onChange: (value: ProgramTexts) => void }) {
  const { value, onChange } = props;
  return (
    <>
      <TextField
        label="Package"
        hint="One of npm or of PyPI, in one version. The operator lists what may run here."
        title="npm:name@version or pypi:name@version"
        className="font-mono"
        required
        pattern="(npm|pypi):@?[^@\s]+@[^@\s]+"
        maxLength={400}
        placeholder="npm:@acme/server@1.2.3"
        value={value.package}
        onChange={(next) => onChange({ ...value, package: next })}
      />
      <LinesField
        label="Environment"
        hint="One variable a line. NAME=value is the same for everybody, kept sealed and never shown again; NAME alone is asked of each user who connects an account."
        value={value.environment}
        onChange={(next) => onChange({ ...value, environment: next })}
      />
      <LinesField
        label="Arguments"
        hint="One a line, as they are. Everybody who sees the toolkit sees them: no secrets."
        value={value.arguments}
        onChange={(next) => onChange({ ...value, arguments: next })}
      />
    </>
  );
}

/** Variables with a value, and those that users say. */
export function variablesIn(text: string): { environment: Record<string, string>; asked: string[] } {
  const environment: Record<string, string> = {};
  const asked: string[] = [];
  for (const line of text.split('\n').map((each) => each.trim())) {
    const at = line.indexOf('=');
    if (at > 0) environment[line.slice(0, at).trim()] = line.slice(at + 1).trim();
    else if (line) asked.push(line);
  }
  return { environment, asked };
}
