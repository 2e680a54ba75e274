import type { RegistryField } from '@patchbay/contracts';
import type { InputRecord, NamedInput } from './server-record.js';

/** `{name}`, as `server.json` has it; `{{name}}` and `${name}` are what people write as well. */
const PLACE = /\$?\{\{?\s*([A-Za-z_][\w-]{0,63})\s*\}?\}/g;
/** What the platform reads as tokens of its own when accounts are made. */
const TAKEN = new Set(['access_token', 'refresh_token', 'token_type', 'scope', 'expires_in']);

export type Place = RegistryField['place'];

/** Names the fields of one address or package, each once. */
export class FieldNames {
  readonly fields: RegistryField[] = [];

  /**
   * A text with variables in it, in which `{field}` stands for each.
   * @param owner what the text belongs to, for names that are taken
   * @returns undefined when braces are left that name nothing
   */
  template(
    text: string,
    variables: Readonly<Record<string, InputRecord>>,
    owner: { name: string; place: Place; undeclared: Partial<RegistryField> },
  ): { template: string; names: string[] } | undefined {
    const byVariable = new Map<string, string>();
    const literal = text.replace(PLACE, '');
    if (/[{}]/.test(literal)) return undefined;
    const template = text.replace(PLACE, (_, variable: string) => {
      const known = byVariable.get(variable) ?? this.add(variable, variables[variable], owner);
      byVariable.set(variable, known);
      return `{${known}}`;
    });
    return { template, names: [...byVariable.values()] };
  }

  /** The field for a whole value, such as a header that says no more than its name. */
  whole(input: NamedInput, place: Place): string {
    return this.put(nameFrom(input.name), input, { displayName: input.name, place });
  }

  field(name: string): RegistryField {
    const found = this.fields.find((field) => field.name === name);
    if (!found) throw new Error(`no field ${name}`);
    return found;
  }

  private add(
    variable: string,
    input: InputRecord | undefined,
    { name, place, undeclared }: { name: string; place: Place; undeclared: Partial<RegistryField> },
  ): string {
    const free = this.isTaken(nameFrom(variable)) ? nameFrom(`${name}_${variable}`) : nameFrom(variable);
    const words = nameFrom(variable).replaceAll('_', ' ');
    const displayName = words.charAt(0).toUpperCase() + words.slice(1);
    return this.put(free, input, { displayName, place, ...(input ? {} : undeclared) });
  }

  private put(
    wished: string,
    input: Partial<InputRecord> = {},
    more: Partial<RegistryField> & Pick<RegistryField, 'displayName' | 'place'>,
  ): string {
    let name = wished;
    for (let count = 2; this.isTaken(name); count += 1) name = `${wished}_${count}`;
    const { format, choices } = input;
    const values = choices ?? (format === 'boolean' ? ['true', 'false'] : undefined);
    const { default: usual = null } = input;
    const fallback = usual !== null && usual.length <= 1_000 ? usual : null;
    this.fields.push({
      name,
      description: input.description ?? '',
      required: input.isRequired ?? false,
      secret: input.isSecret ?? false,
      // What a form begins with has to be one of what it offers, and no secret.
      default:
        fallback !== null && !input.isSecret && (!values || values.includes(fallback)) ? fallback : null,
      ...(values && values.length > 0 && { choices: values.slice(0, 100) }),
      placeholder: input.placeholder || null,
      isForAll: false,
      ...more,
    });
    return name;
  }

  private isTaken(name: string): boolean {
    return TAKEN.has(name) || this.fields.some((field) => field.name === name);
  }
}

/** In the form that the fields of a sign-in have: `apiKey` and `X-API-Key` are `api_key` and `x_api_key`. */
export function nameFrom(text: string): string {
  const plain = text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
  return (/^[a-z]/.test(plain) ? plain : `field_${plain}`).replace(/_$/, '').slice(0, 46);
}

/** The fields that a template is filled from. */
export function fieldsIn(template: string): string[] {
  return [...template.matchAll(/\{([\w-]+)\}/g)].map(([, name = '']) => name);
}
