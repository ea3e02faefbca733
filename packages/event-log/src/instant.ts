const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/**
 * Whether `text` is an instant in the one form that the log takes: ISO 8601, UTC, milliseconds, from the year 1 on (PostgreSQL has
 * no year 0). One form, so that a time comes back from every adapter as it went in, and sorts as text.
 */
export function isInstant(text: string): boolean {
  if (!INSTANT.test(text) || text < '0001') return false;
  const time = Date.parse(text);
  // A 31st of February parses as a 3rd of March.
  return !Number.isNaN(time) && new Date(time).toISOString() === text;
}
