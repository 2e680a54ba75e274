import { programSource, type BodyOf } from '@patchbay/client';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useAct, useScope } from '../api/index.js';
import { Button, buttonClass, Choice, Field, LinesField, Modal, reasonOf, TextField } from '../ui/index.js';
import { ImportReport, type Report } from './import-report.js';
import { ProgramFields, variablesIn } from './program-fields.js';
import { headersIn, slugFrom, slugFromPackage } from './source-words.js';

type Way = 'address' | 'file' | 'mcp' | 'stdio';
type Source = NonNullable<BodyOf<'upsertCustomToolkit'>['source']>;

/** Adds a toolkit of the project's own, and shows what came of it. */
export function AddToolkit({ onClose, onOpen }: { onClose: () => void; onOpen: (slug: string) => void }) {
  const { project } = useScope();
  const [way, setWay] = useState<Way>('address');
  const [slug, setSlug] = useState('');
  const [url, setUrl] = useState('');
  const [baseUrl, setBaseUrl] = useState('');
  const [headers, setHeaders] = useState('');
  const [program, setProgram] = useState({ package: '', arguments: '', environment: '' });
  const [file, setFile] = useState<{ name: string; text: string }>();
  const [report, setReport] = useState<Report>();
  const add = useAct('upsertCustomToolkit', { onDone: setReport, timeoutMs: 60_000 });
  const awaitsAccount = report?.imported.length === 0;
  if (report)
    return (
      <Modal
        title={`${report.toolkit.name} is there`}
        description={
          awaitsAccount
            ? 'Its tools are read when the first account is connected.'
            : 'Its tools are found, connected and run in this project from now on.'
        }
        isOpen
        onClose={onClose}
      >
        <ImportReport report={report} />
        <div className="mt-4 flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Close</Button>
          <Button kind={awaitsAccount ? 'plain' : 'primary'} onClick={() => onOpen(report.slug)}>
            Open the toolkit
          </Button>
          {awaitsAccount && (
            <Link
              to="/p/$project/start"
              params={{ project: project.id }}
              search={{ toolkit: report.slug }}
              className={buttonClass('primary')}
            >
              Connect an account
            </Link>
          )}
        </div>
      </Modal>
    );
  const own =
    slug ||
    (way === 'stdio'
      ? slugFromPackage(program.package)
      : slugFrom(way === 'file' ? (file?.name ?? '') : url));
  const base = baseUrl.trim() ? { base_url: baseUrl.trim() } : {};
  const sent = headersIn(headers);
  const run = programSource({
    package: program.package.trim(),
    arguments: program.arguments.split('\n').filter(Boolean),
    ...variablesIn(program.environment),
  });
  const source = (): Source =>
    way === 'stdio' && run
      ? run
      : way === 'mcp'
        ? { type: 'mcp', url: url.trim(), ...(sent && { headers: sent }) }
        : way === 'file'
          ? { type: 'openapi', document: file?.text ?? '', ...base }
          : { type: 'openapi', url: url.trim(), ...base };
  return (
    <Modal
      title="Add a toolkit"
      description="From an OpenAPI 3 document, from an MCP server, or from one that is a program. It belongs to this project alone."
      isOpen
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate({ body: { slug: own, source: source() } });
        }}
      >
        <Field label="From">
          {(given) => (
            <Choice
              {...given}
              label="From"
              className="w-full max-w-full"
              value={way}
              options={[
                ['address', 'an OpenAPI document at an address'],
                ['file', 'an OpenAPI document in a file'],
                ['mcp', 'an MCP server'],
                ['stdio', 'an MCP server that is a program'],
              ]}
              onChange={(next) => setWay(next as Way)}
            />
          )}
        </Field>
        {way === 'file' ? (
          <Field label="Document" hint="JSON or YAML. It is read once and not kept.">
            {(given) => (
              <input
                {...given}
                type="file"
                required
                accept=".json,.yaml,.yml,application/json"
                className="block w-full text-sm file:mr-3 file:h-8 file:rounded-lg file:border-0 file:bg-hover file:px-3 file:text-ink"
                onChange={(event) => {
                  const [chosen] = event.target.files ?? [];
                  void chosen?.text().then((text) => setFile({ name: chosen.name, text }));
                }}
              />
            )}
          </Field>
        ) : way === 'stdio' ? (
          <ProgramFields value={program} onChange={setProgram} />
        ) : (
          <TextField
            label={way === 'mcp' ? 'Address of the server' : 'Address of the document'}
            hint="Reached from the platform, not from your browser."
            type="url"
            required
            maxLength={2000}
            placeholder={
              way === 'mcp' ? 'https://mcp.example.com/mcp' : 'https://api.example.com/openapi.json'
            }
            value={url}
            onChange={setUrl}
          />
        )}
        <TextField
          label="Slug"
          hint="Its tools are named after it. Small letters, digits, _ and -; it cannot be changed later."
          className="font-mono"
          required
          pattern="[a-z][a-z0-9_\-]{0,49}"
          maxLength={50}
          value={own}
          onChange={setSlug}
        />
        {way === 'mcp' ? (
          <LinesField
            label="Headers"
            hint="One a line, as in Authorization: Bearer …; kept sealed and never shown again. A server with a sign-in of its own needs none."
            error={sent === null ? 'Each line is a name, a colon and a value.' : undefined}
            value={headers}
            onChange={setHeaders}
          />
        ) : way === 'stdio' ? undefined : (
          <TextField
            label="Address of the API"
            hint="Only where the document does not say it."
            type="url"
            maxLength={2000}
            value={baseUrl}
            onChange={setBaseUrl}
          />
        )}
        {add.error && (
          <p role="alert" className="mb-3 rounded-lg bg-bad-soft p-3 text-sm break-words">
            {reasonOf(add.error)}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" isBusy={add.isPending} disabled={sent === null}>
            {add.isPending ? 'Reading it' : 'Add the toolkit'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
