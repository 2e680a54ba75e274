import { z } from 'zod';

export const blockId = z.string().min(1).describe('Id of the block or page.');
export const pageId = z.string().min(1).describe('Id of the page, as at the end of its address.');
export const databaseId = z.string().min(1).describe('Id of the database, as in its address.');
export const icon = z.string().optional().describe('Its icon: an emoji, or the address of a picture.');
export const cover = z.string().optional().describe('Address of the picture at its top.');
export const cursor = z.string().optional().describe('`next_cursor` of the page before.');
export const pageSize = (fallback: number) =>
  z.int().min(1).max(100).default(fallback).describe('Results a page, 100 at most.');

export const NotionObject = z.looseObject({ object: z.string(), id: z.string() });
export const List = z.looseObject({
  results: z.array(z.looseObject({})),
  has_more: z.boolean().optional(),
  next_cursor: z.string().nullish(),
});
export const Wrapped = z.object({ response_data: z.looseObject({}) });
export const wrap = (body: unknown) => ({ response_data: body });
