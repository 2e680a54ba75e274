import type { Answer, Input, Item, OperationId, PagedOperation } from '@patchbay/client';
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryOptions,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useEffect } from 'react';
import { useScope } from './context.js';

// What an operation takes is checked where it is called; in here every operation is handled alike.
type AnyRequest = (operation: OperationId, given: object) => Promise<unknown>;

interface AskOptions {
  enabled?: boolean;
  /** Asked again so often while somebody looks, in milliseconds. */
  every?: number | false;
  /** Of a search: what was found before stays until the next is there. */
  keeps?: boolean;
}

/** The answer of a read, remembered by what was asked. */
export function useAnswer<Id extends OperationId>(
  operation: Id,
  given: Input<Id>,
  { enabled = true, every = false, keeps = false }: AskOptions = {},
): UseQueryResult<Answer<Id>> {
  const { api, project } = useScope();
  const request = api.request.bind(api) as AnyRequest;
  return useQuery({
    queryKey: [project.id, operation, given],
    queryFn: ({ signal }) => request(operation, { ...given, signal }) as Promise<Answer<Id>>,
    enabled,
    refetchInterval: every,
    ...(keeps && { placeholderData: keepPreviousData }),
  } as UseQueryOptions<Answer<Id>>);
}

export interface Pages<T> {
  items: T[];
  /** How many there are in all, where the list counts them. */
  total: number | undefined;
  isPending: boolean;
  /** Why nothing is there, or what is there is not all of it or not new. */
  error: unknown;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
  reload: () => void;
}

/** One page after the other of whatever answers pages. */
export function usePages<T>(
  key: readonly unknown[],
  read: (
    cursor: string | undefined,
    signal: AbortSignal,
  ) => Promise<{ items: T[]; next?: string | null; total?: number }>,
  { enabled = true, every = false }: AskOptions = {},
): Pages<T> {
  const { project } = useScope();
  const query = useInfiniteQuery({
    queryKey: [project.id, ...key],
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
    refetchInterval: every,
  });
  return {
    items: query.data?.pages.flatMap(({ items }) => items) ?? [],
    total: query.data?.pages[0]?.total,
    isPending: query.isPending,
    error: query.error ?? undefined,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore() {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
    },
    reload: () => void query.refetch(),
  };
}

/** A list of the API, page by page. */
export function useList<Id extends PagedOperation>(
  operation: Id,
  given: Input<Id>,
  options: AskOptions = {},
): Pages<Item<Id>> {
  const { api } = useScope();
  const request = api.request.bind(api) as AnyRequest;
  const { query, ...rest } = given as { query?: object };
  return usePages(
    [operation, given],
    async (cursor, signal) => {
      const page = (await request(operation, {
        ...rest,
        query: { limit: 50, ...query, cursor },
        signal,
      })) as {
        items: Item<Id>[];
        next_cursor?: string | null;
        total_items?: number;
      };
      return {
        items: page.items,
        ...(page.next_cursor !== undefined && { next: page.next_cursor }),
        ...(page.total_items !== undefined && { total: page.total_items }),
      };
    },
    options,
  );
}

/** What is more than that is no list to be searched or counted in a browser. */
const WHOLE = 5_000;

/** A list of the API, read to its end: for what has some hundreds, and is searched or counted here. */
export function useWholeList<Id extends PagedOperation>(
  operation: Id,
  given: Input<Id>,
  options: AskOptions = {},
): Pages<Item<Id>> {
  const pages = useList(operation, given, options);
  const { items, hasMore, isLoadingMore, error, loadMore } = pages;
  const goesOn = hasMore && !isLoadingMore && error === undefined && items.length < WHOLE;
  useEffect(() => {
    if (goesOn) loadMore();
  });
  return pages;
}

/** Something that changes what is there. What is shown of the project is asked for again when it is done. */
export function useAct<Id extends OperationId>(
  operation: Id,
  { onDone, timeoutMs }: { onDone?: (answer: Answer<Id>, given: Input<Id>) => void; timeoutMs?: number } = {},
): UseMutationResult<Answer<Id>, Error, Input<Id>> {
  const { api, project } = useScope();
  const client = useQueryClient();
  const request = api.request.bind(api) as AnyRequest;
  return useMutation({
    mutationFn: (given: Input<Id>) =>
      request(operation, { ...given, ...(timeoutMs !== undefined && { timeoutMs }) }) as Promise<Answer<Id>>,
    onSuccess: async (answer, given) => {
      onDone?.(answer, given);
      await client.invalidateQueries({ queryKey: [project.id] });
    },
  });
}
