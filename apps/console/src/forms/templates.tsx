import type { FieldErrorProps, IconButtonProps, ObjectFieldTemplateProps, TemplatesType } from '@rjsf/utils';
import { Button, IconButton } from '../ui/index.js';

const act =
  (icon: 'close' | 'down' | 'copy', label: string, turn = '') =>
  ({ onClick, disabled }: IconButtonProps) => (
    <IconButton
      icon={icon}
      label={label}
      className={`size-7 ${turn}`}
      onClick={onClick}
      disabled={disabled}
    />
  );

/** What is required comes first; the rest is there for who asks, so that a tool of a hundred fields stays a form. */
function ObjectFields(props: ObjectFieldTemplateProps) {
  const { properties, schema, title, description, fieldPathId, onAddProperty, disabled } = props;
  const isRoot = fieldPathId.path.length === 0;
  const required = new Set(schema.required);
  const shown = properties.filter(({ name, hidden }) => !hidden && (!isRoot || required.has(name)));
  const rest = properties.filter(({ name, hidden }) => !hidden && isRoot && !required.has(name));
  const isOpen = shown.length === 0 || rest.length <= 3;
  const optional = rest.map(({ content, name }) => <div key={name}>{content}</div>);
  return (
    <fieldset id={fieldPathId.$id} className={isRoot ? '' : 'rounded-lg p-3 ring-1 ring-line ring-inset'}>
      {!isRoot && title && <legend className="float-left mb-2 w-full text-sm font-medium">{title}</legend>}
      <div className="clear-both" />
      {!isRoot && description && <div className="mb-2 text-xs text-soft">{description}</div>}
      {shown.map(({ content, name }) => (
        <div key={name}>{content}</div>
      ))}
      {isOpen ? (
        optional
      ) : (
        <details>
          <summary className="mb-3 rounded text-sm text-accent">{rest.length} optional fields</summary>
          {optional}
        </details>
      )}
      {schema.additionalProperties !== undefined && schema.additionalProperties !== false && (
        <Button icon="plus" isSmall disabled={disabled} onClick={onAddProperty}>
          Add a field
        </Button>
      )}
    </fieldset>
  );
}

function Errors({ errors }: FieldErrorProps) {
  if (!errors?.length) return null;
  return (
    <ul role="alert" className="mt-1 text-xs text-bad">
      {errors.map((error, at) => (
        <li key={at}>{error}</li>
      ))}
    </ul>
  );
}

/** rjsf's form in our look. What it draws by itself has the classes of `forms.css`. */
export const templates: Partial<Omit<TemplatesType, 'ButtonTemplates'>> & {
  ButtonTemplates: Partial<TemplatesType['ButtonTemplates']>;
} = {
  ObjectFieldTemplate: ObjectFields,
  FieldErrorTemplate: Errors,
  ErrorListTemplate: () => null,
  ButtonTemplates: {
    AddButton: ({ onClick, disabled }: IconButtonProps) => (
      <Button icon="plus" isSmall onClick={onClick} disabled={disabled}>
        Add
      </Button>
    ),
    RemoveButton: act('close', 'Remove'),
    MoveDownButton: act('down', 'Move down'),
    MoveUpButton: act('down', 'Move up', 'rotate-180'),
    CopyButton: act('copy', 'Copy'),
    ClearButton: act('close', 'Clear'),
  },
};
