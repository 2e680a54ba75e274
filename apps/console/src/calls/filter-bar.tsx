import { Badge, Choice, Filters, SearchBox } from '../ui/index.js';
import { FILTER_NAMES, RANGES, type CallFilters } from './filters.js';

/** What of the record is looked at. */
export function FilterBar(props: {
  filters: CallFilters;
  onChange: (changes: Partial<CallFilters>) => void;
}) {
  const { filters, onChange } = props;
  return (
    <Filters label="Calls">
      <SearchBox
        label="Text of the call"
        value={filters.text ?? ''}
        onChange={(text) => onChange({ text: text || undefined })}
        className="w-full sm:w-52"
      />
      <SearchBox
        label="Tool"
        value={filters.tool ?? ''}
        onChange={(tool) => onChange({ tool: tool || undefined })}
        className="w-[calc(50%-0.25rem)] sm:w-44"
      />
      <SearchBox
        label="User"
        value={filters.user ?? ''}
        onChange={(user) => onChange({ user: user || undefined })}
        className="w-[calc(50%-0.25rem)] sm:w-36"
      />
      <Choice
        label="Status"
        value={filters.status ?? ''}
        options={[
          ['', 'Any status'],
          ['success', 'Succeeded'],
          ['failed', 'Failed'],
          ['running', 'Running'],
        ]}
        onChange={(status) => onChange({ status: status || undefined })}
      />
      <Choice
        label="Time"
        value={filters.range ?? ''}
        options={[['', 'All time'], ...RANGES.map(([value, name]): [string, string] => [value, name])]}
        onChange={(range) => onChange({ range: range || undefined, from: undefined, to: undefined })}
      />
      {(['toolkit', 'session', 'account', 'request'] as const).map(
        (name) =>
          filters[name] && (
            <Badge key={name}>
              <span className="max-w-48 truncate">
                {FILTER_NAMES[name]}: {filters[name]}
              </span>
              <button
                type="button"
                aria-label={`Without ${FILTER_NAMES[name]}`}
                className="ml-1 rounded px-1 hover:text-ink"
                onClick={() => onChange({ [name]: undefined })}
              >
                ×
              </button>
            </Badge>
          ),
      )}
    </Filters>
  );
}
