import { useScope, useApi, usePages } from '../api/index.js';
import { Failure, Facts, Section, SkeletonLines } from '../ui/index.js';
import { PARTS, readFound, wordText, type Explained } from './found.js';

/** Why a sentence finds a tool, among those of its toolkit or of all. */
export function WhyFound({ sentence, slug, toolkit }: { sentence: string; slug: string; toolkit?: string }) {
  const api = useApi();
  const { project } = useScope();
  const query = { search: sentence, ...(toolkit && { toolkit_slug: [toolkit] }) };
  const pages = usePages(['why', project.id, query], (cursor, signal) =>
    readFound(api, query, cursor, signal),
  );
  const found = pages.items.find(({ tool }) => tool.slug === slug);
  if (pages.error && !found) return <Failure error={pages.error} what="The search" onRetry={pages.reload} />;
  if (pages.isPending) return <SkeletonLines lines={5} />;
  if (!found?.why)
    return (
      <Section title="Why">
        <p className="text-sm text-soft">
          “{sentence}” does not find it among the first. An alias with the words that people use brings it
          there.
        </p>
      </Section>
    );
  return <Reasons why={found.why} sentence={sentence} />;
}

export function Reasons({ why, sentence }: { why: Explained; sentence: string }) {
  const parts = why.parts.toSorted((a, b) => b.gives - a.gives);
  const most = Math.max(...parts.map(({ gives }) => gives), Number.EPSILON);
  return (
    <>
      <Section title={`Why “${sentence}” finds it`}>
        <table className="w-full text-sm" aria-label="What its score is made of">
          <tbody>
            {parts.map(({ part, gives }) => (
              <tr key={part}>
                <th scope="row" className="w-56 py-0.5 pr-3 text-left font-normal text-soft">
                  {PARTS[part]}
                </th>
                <td className="py-0.5">
                  <span
                    aria-hidden
                    className="inline-block h-2 rounded-sm bg-accent align-middle"
                    style={{ width: `${Math.round((gives / most) * 60)}%` }}
                  />
                </td>
                <td className="w-14 py-0.5 text-right font-mono text-xs">{gives.toFixed(3)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
      <Section title="Words of it that the tool has">
        {why.words.length === 0 ? (
          <p className="text-sm text-soft">None: it was found by its meaning alone.</p>
        ) : (
          <Facts facts={why.words.map((word) => [word.word, wordText(word)])} />
        )}
      </Section>
      <Section title="Beside its words">
        <Facts
          facts={[
            ['Score', why.score.toFixed(3)],
            ['Nearness of meaning', why.similarity?.toFixed(2)],
            ['What it does', why.operation],
            ['Alias', why.alias],
            ['Boost', why.boost !== 1 && `times ${why.boost}`],
            ['Another toolkit is named', why.factors.toolkit !== 1 && `times ${why.factors.toolkit}`],
            [
              'Others of its name come first',
              why.factors.name !== 1 && `times ${why.factors.name.toFixed(2)}`,
            ],
            ['For the part', why.clause],
          ]}
        />
      </Section>
    </>
  );
}
