import * as v from 'valibot';

/** A cookie that ends with the browser's run: Chromium never writes it to disk, so Retrace does. */
export const KeptCookieSchema = v.object({
  name: v.string(),
  value: v.string(),
  domain: v.string(),
  path: v.string(),
  hostOnly: v.boolean(),
  secure: v.boolean(),
  httpOnly: v.boolean(),
  sameSite: v.picklist(['unspecified', 'no_restriction', 'lax', 'strict']),
});
export type KeptCookie = v.InferOutput<typeof KeptCookieSchema>;

/** In CSS pixels from the top left of the document. */
export const ScrollSchema = v.object({ x: v.number(), y: v.number() });
export type Scroll = v.InferOutput<typeof ScrollSchema>;

export const KeptEntrySchema = v.object({
  url: v.string(),
  /** Chromium's own record of scroll and form fields, base64. It may hold typed text, so it is kept nowhere but here. */
  pageState: v.optional(v.string()),
  scroll: v.optional(ScrollSchema),
});
export type KeptEntry = v.InferOutput<typeof KeptEntrySchema>;

/** What a session's return needs beside its partition and the log. `entries` go with the back/forward list, place by place. */
export const KeptSessionSchema = v.object({
  cookies: v.array(KeptCookieSchema),
  entries: v.array(KeptEntrySchema),
});
export type KeptSession = v.InferOutput<typeof KeptSessionSchema>;

export const NOTHING_KEPT: KeptSession = { cookies: [], entries: [] };
