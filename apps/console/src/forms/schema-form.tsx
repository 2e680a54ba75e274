import './forms.css';
// Its index also has what its own tests need, with the validator that compiles.
import Form from '@rjsf/core/lib/components/Form.js';
import type { RJSFSchema } from '@rjsf/utils';
import { Component, useState, type ReactNode } from 'react';
import { Button, Field } from '../ui/index.js';
import { templates } from './templates.js';
import { validator } from './validator.js';

interface SchemaFormProps {
  /** Somebody else's JSON Schema of an object. */
  schema: object;
  value: Record<string, unknown>;
  onChange: (value: Record<string, unknown>) => void;
  onSubmit: (value: Record<string, unknown>) => void;
  /** What stands below the fields: the button that sends. */
  children: ReactNode;
}

/** A form out of a JSON Schema, or its JSON to type where the schema makes no form. */
export function SchemaForm(props: SchemaFormProps) {
  const [isJson, setJson] = useState(false);
  const asJson = <JsonForm {...props} />;
  return (
    <div className="schema-form">
      <div className="mb-2 flex justify-end">
        <Button kind="quiet" isSmall aria-pressed={isJson} onClick={() => setJson(!isJson)}>
          {isJson ? 'As a form' : 'As JSON'}
        </Button>
      </div>
      {isJson ? (
        asJson
      ) : (
        <FormBoundary fallback={asJson}>
          <Form
            schema={props.schema as RJSFSchema}
            formData={props.value}
            validator={validator}
            templates={templates as object}
            idPrefix="argument"
            noHtml5Validate
            showErrorList={false}
            focusOnFirstError
            // It says so at the fields, and not on the browser's console.
            onError={() => undefined}
            experimental_defaultFormStateBehavior={{
              emptyObjectFields: 'skipEmptyDefaults',
              arrayMinItems: { populate: 'requiredOnly' },
            }}
            onChange={({ formData }) => props.onChange((formData ?? {}) as Record<string, unknown>)}
            onSubmit={({ formData }) => props.onSubmit((formData ?? {}) as Record<string, unknown>)}
          >
            {props.children}
          </Form>
        </FormBoundary>
      )}
    </div>
  );
}

function JsonForm({ value, onChange, onSubmit, children }: SchemaFormProps) {
  const [text, setText] = useState(() => JSON.stringify(value, undefined, 2));
  const parsed = parse(text);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (parsed) onSubmit(parsed);
      }}
    >
      <Field label="Arguments" error={parsed ? undefined : 'This is not a JSON object yet.'}>
        {(given) => (
          <textarea
            {...given}
            className="input min-h-48 font-mono"
            spellCheck={false}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              const next = parse(event.target.value);
              if (next) onChange(next);
            }}
          />
        )}
      </Field>
      {children}
    </form>
  );
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** A schema may be odd in ways that no form is made for. */
class FormBoundary extends Component<{ fallback: ReactNode; children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false };
  static getDerivedStateFromError = () => ({ isBroken: true });
  override render() {
    return this.state.isBroken ? this.props.fallback : this.props.children;
  }
}
